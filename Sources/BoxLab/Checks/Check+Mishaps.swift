import Glibc
import HostSystem

extension Check {
    /// What goes wrong in a box's life, while clients use it.
    static let mishaps: [Check] = [
        Check("downloads while torboxd is killed and started again") { scene in
            let box = scene.lab.box
            async let download = LabHost.client1.run(
                "curl",
                [
                    "--silent", "--show-error", "--fail", "--max-time", "60", "--limit-rate", "4M", "--output",
                    "/dev/null",
                ]
                    + ["--write-out", "%{size_download}", "http://www.example.net/bytes/12000000"],
                limit: .seconds(70))
            try await wait(upTo: .seconds(20), for: "the download to begin") { try await scene.carriesConnections() }
            try await box.kill(SIGKILL)
            try await box.waitFor(state: "open", by: box.launch(), limit: .seconds(60))
            let size = try await download
            try expect(size == "12000000", "the download ended at \(size) bytes")
            return "the download went on and ended whole"
        },
        Check("opens a page after tor was killed") { scene in
            let box = scene.lab.box
            // The next tor finds no relay at first, so that there is time to look.
            try await scene.lab.tor.whileDeaf {
                try await box.killTor()
                try await box.waitFor(state: "connecting", limit: .seconds(30))
                let refused = try await LabHost.client1.outcome(
                    "curl", ["--silent", "--max-time", "20", "http://\(Addresses.web)/"])
                try expect(refused.status == 7, "without tor curl ends with \(refused.status)")
            }
            try await box.waitFor(state: "open", limit: .seconds(60))
            try await Scene.opensAPage()
            return "refused at once without tor; opened once tor was back"
        },
        Check("opens a page after the uplink was pulled out") { scene in
            let box = scene.lab.box
            try await box.pullOutUplink()
            try await box.waitFor(state: "closed", limit: .seconds(30))
            try await box.plugInUplink()
            try await box.waitFor(state: "open", limit: .seconds(60))
            try await Scene.opensAPage()
            return "closed meanwhile; opened once the cable was back"
        },
    ]
}

extension Scene {
    /// Whether tor holds a connection of a client's now.
    fileprivate func carriesConnections() async throws -> Bool {
        try await LabHost.box.run("ss", ["-Htn", "state", "established", "sport", "=", ":9040"]).contains("9040")
    }

    /// Opens a page, however long tor takes for new circuits within a minute.
    static func opensAPage(from host: LabHost = .client1) async throws {
        let page = try await host.run(
            "curl",
            ["--silent", "--show-error", "--fail", "--retry", "20", "--retry-all-errors", "--retry-delay", "1"]
                + ["--retry-max-time", "60", "--max-time", "30", "http://www.example.net/"],
            limit: .seconds(90))
        try expect(page.contains("you came from"), "the page says \"\(page)\"")
    }
}
