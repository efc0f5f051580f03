import Glibc
import HostSystem
import Testing

@testable import BoxLab

extension Live {
    @Suite("What goes wrong in a box's life", .serialized, .lab)
    struct MishapTests {
        private func openBox() async throws -> (LabBox, Scene) {
            let lab = try await Lab.up(checkout: Checkout(), log: StepLog(quiet: true), patience: .seconds(60))
            if try lab.box.currentState() != "open" { try await lab.box.start() }
            try await lab.box.waitForClients()
            return (lab.box, try await Scene(lab))
        }

        @Test("A flood from before the box starts until after tor is up finds no gap")
        func floodedStart() async throws {
            let (box, scene) = try await openBox()
            try await box.reset()
            try await scene.flooding {
                try await box.loadRules()
                try await box.waitFor(state: "open", by: box.launch(), limit: .seconds(60))
                try await box.waitForClients()
                try await Scene.opensAPage()
            }
        }

        @Test("A hundred restarts of torboxd under a flood open nothing, and the clients stay connected")
        func restarts() async throws {
            let (box, scene) = try await openBox()
            try await scene.flooding {
                var process: LabProcess?
                for round in 1...100 {
                    let before = try box.announcements()
                    try await box.kill(SIGKILL, process)
                    let launched = try await box.launch()
                    process = launched
                    // Every other one is killed again before it has seen anything.
                    guard round.isMultiple(of: 2) else { continue }
                    try await wait(upTo: .seconds(30), for: "torboxd's decision") {
                        try launched.requireRunning()
                        return try box.announcements() > before
                    }
                }
                try await Scene.opensAPage()
            }
            #expect(try box.currentState() == "open")
        }

        @Test(
            "kill -9 in each state leaves the sets as they were", arguments: ["closed", "clock", "connecting", "open"])
        func killed(state: String) async throws {
            let (box, scene) = try await openBox()
            try await scene.watchingAllowed {
                switch state {
                case "closed":
                    try await box.pullOutUplink()
                    try await expectDeathChangesNothing(of: box, in: state)
                    try await box.plugInUplink()
                case "clock":
                    // In the middle of a round: between two rounds the sets hold nothing that could be lost.
                    try await scene.lab.tor.whileDeaf {
                        try await box.set(clock: .ahead(-3600))
                        try await box.waitFor(state: state, limit: .seconds(30))
                        try await ClockScene.waitForAQuestion()
                        try await expectDeathChangesNothing(of: box, in: state)
                        #expect(try await holdsClockDoors())
                    }
                case "connecting":
                    try await scene.lab.tor.whileDeaf {
                        try await box.killTor()
                        try await expectDeathChangesNothing(of: box, in: state)
                    }
                default:
                    try await expectDeathChangesNothing(of: box, in: state)
                }
                let before = try box.announcements()
                let process = try await box.launch()
                try await wait(upTo: .seconds(60), for: "torboxd's decision") { try box.announcements() > before }
                try await box.waitFor(state: "open", by: process, limit: .seconds(60))
                try await Scene.opensAPage()
            }
        }

        /// The ruleset without what the kernel itself writes into sets, which goes on.
        private func rulesAndOpenings() async throws -> String {
            let listing = try await LabHost.box.run("nft", ["--stateless", "list", "ruleset"])
            return listing.replacing("\n\n", with: "\u{0}").split(separator: "\u{0}")
                .filter { !$0.contains("flags dynamic") }.joined(separator: "\n\n")
        }

        private func holdsClockDoors() async throws -> Bool {
            for set in ["clock_doors4", "clock_doors6"] {
                let listing = try await LabHost.box.run("nft", ["list", "set", "netdev", "torbox", set])
                if listing.contains("elements = ") { return true }
            }
            return false
        }

        private func expectDeathChangesNothing(of box: LabBox, in state: String) async throws {
            try await box.waitFor(state: state, limit: .seconds(30))
            try await box.kill(SIGKILL)
            let held = try await rulesAndOpenings()
            #expect(held.contains("elements = { \"lan0\" }") == (state == "open"))
            let refused = try await LabHost.client1.outcome(
                "curl", ["--silent", "--max-time", "20", "http://\(Addresses.router)/"])
            let after = try await rulesAndOpenings()
            if state == "closed" {
                // With the uplink away it may have died while it loaded its rules anew; the load goes on without it.
                #expect(refused.status != 0)
                #expect(!after.contains("elements = { \"lan0\" }"))
            } else {
                #expect(refused.status == 7)
                #expect(after == held)
            }
        }

        @Test("SIGTERM leaves the box closed, with no service behind")
        func stopped() async throws {
            let (box, scene) = try await openBox()
            try await box.kill(SIGTERM)
            try await scene.watchingAllowed(.closed) {
                try scene.sendEveryProbe()
                #expect(try await !LabHost.box.run("nft", ["list", "ruleset"]).contains("elements = { \""))
                let refused = try await LabHost.client1.outcome(
                    "curl", ["--silent", "--max-time", "20", "http://\(Addresses.web)/"])
                #expect(refused.status == 7)
                let listening = try await LabHost.box.run("ss", ["-Hlntup"])
                #expect(!listening.contains("tor") && !listening.contains("dnsmasq"))
            }
        }

        @Test("A corrupted ruleset keeps LAN and uplink down until it is whole again")
        func corrupted() async throws {
            let (box, scene) = try await openBox()
            try await box.reset()
            try await box.renderRules()
            try LabBox.airlock.write("flush ruleset\n", to: "airlock.nft")
            let (_, seen) = try await scene.watching(.closed) {
                await #expect(throws: HostError.self) { try await box.loadRenderedRules() }
                let process = try await box.launch()
                try await wait(upTo: .seconds(30), for: "torboxd's refusal") {
                    try process.output().contains("a file differs from what torboxd wrote")
                        || process.output().contains("stay down")
                }
                for device in ["wan0", "lan0"] {
                    #expect(try await !LabHost.box.run("ip", ["-o", "link", "show", device]).contains(",UP"))
                }
            }
            #expect(seen.report.frames == 0)
            try await box.renderRules()
            try await box.waitFor(state: "open", limit: .seconds(60))
        }

        @Test("An uplink with the LAN's addresses keeps the box closed, and it says so")
        func sameNetwork() async throws {
            let (box, scene) = try await openBox()
            try await box.reset()
            try await LabHost.box.run("ip", ["address", "add", "192.168.1.129/26", "dev", "lan0"])
            // Over an uplink with IPv6 alone there would be no such conflict, and the box would connect.
            try await LabHost.box.run("sysctl", ["-qw", "net.ipv6.conf.wan0.disable_ipv6=1"])
            try await scene.watchingAllowed(.closed) {
                try await box.renderRules { $0.replacing("10.84.0.1/24", with: "192.168.1.129/26") }
                try await box.loadRenderedRules()
                let process = try await box.launch()
                try await wait(upTo: .seconds(60), for: "the box's complaint") {
                    try process.requireRunning()
                    return try box.currentState()?.contains("192.168.1.129/26") == true
                }
                #expect(try box.currentState()?.hasPrefix("closed") == true)
            }
            try await box.reset()
            try await LabHost.box.run("ip", ["address", "del", "192.168.1.129/26", "dev", "lan0"])
            try await LabHost.box.run("sysctl", ["-qw", "net.ipv6.conf.wan0.disable_ipv6=0"])
        }

        @Test(
            "A broken or missing configuration closes the box and changes nothing else",
            arguments: ["[uplinks]\ninterfaces = [\"wan0\"]\ncolour = 1\n", nil])
        func misconfigured(text: String?) async throws {
            let (box, scene) = try await openBox()
            try await box.kill(SIGKILL)
            let rules = try await LabHost.box.run("nft", ["--stateless", "--terse", "list", "ruleset"])
            if let text {
                try LabFolder.box.write(text, to: "torbox.toml")
            } else {
                try (LabFolder.box / "torbox.toml").remove()
            }
            try await scene.watchingAllowed {
                let process = try await box.launch()
                try await wait(upTo: .seconds(30), for: "torboxd's end") { !process.isRunning }
                #expect(try process.output().contains("torbox.toml"))
                #expect(try await !LabHost.box.run("nft", ["list", "ruleset"]).contains("elements = { \""))
                #expect(try await LabHost.box.run("nft", ["--stateless", "--terse", "list", "ruleset"]) == rules)
                let refused = try await LabHost.client1.outcome(
                    "curl", ["--silent", "--max-time", "20", "http://\(Addresses.web)/"])
                #expect(refused.status == 7)
            }
            try await box.start()
        }

        @Test("The ruleset taken away by hand, with torboxd dead: still nothing of a client's is routed")
        func ruleless() async throws {
            let (box, scene) = try await openBox()
            try await box.kill(SIGKILL)
            let (_, seen) = try await scene.watching {
                try await LabHost.box.run("nft", ["flush", "ruleset"])
                try scene.sendEveryProbe()
            }
            #expect(seen.probes.keys.sorted().map { Probe.allCases[$0].name } == [])
            try await box.start()
        }

        @Test("A whole flush of connection tracking lets nothing out, and tor finds its way again")
        func flushed() async throws {
            let (box, scene) = try await openBox()
            try await scene.flooding {
                try await Scene.opensAPage()
                try await LabHost.box.run("conntrack", ["-F"])
                try await scene.lab.tor.whileDeaf {
                    try await box.killTor()
                    try await box.waitFor(state: "connecting", limit: .seconds(30))
                }
                try await box.waitFor(state: "open", limit: .seconds(60))
                try await Scene.opensAPage()
            }
        }
    }
}

extension Scene {
    fileprivate func watchingAllowed(
        _ row: Row = .open(doors: doors), _ body: () async throws -> Void
    ) async throws {
        try await watching(row, body).seen.requireAllowed()
    }
}
