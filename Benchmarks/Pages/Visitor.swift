import BoxLab
import LabRun

/// Somebody on the box itself who opens the pages with curl.
struct Visitor: Sendable {
    static let site = "http://\(Addresses.lan.address)"
    private static let password = "horse staple battery"
    private let cookies = (LabFolder.run / "benchmark-cookies").path

    /// Chooses the password, without which there is only the first visit's page.
    func becomeOwner() async throws {
        var welcome = ""
        try await wait(upTo: .seconds(60), for: "the box's pages") {
            let outcome = try await LabHost.box.outcome("curl", words + [Self.site + "/welcome"])
            welcome = outcome.output
            return outcome.status == 0
        }
        guard let token = welcome.firstMatch(of: /name="token" value="([0-9a-f]+)"/)?.output.1 else {
            throw LabError(.check, "the first visit's page has no token; has somebody chosen the password already?")
        }
        let fields = ["token=\(token)", "password=\(Self.password)", "again=\(Self.password)"]
        _ = try await LabHost.box.run(
            "curl",
            words + ["--header", "Origin: \(Self.site)"] + fields.flatMap { ["--data-urlencode", $0] }
                + [Self.site + "/welcome"])
    }

    /// A page as a guest gets it.
    func read(_ path: String) async throws -> String {
        try await LabHost.box.run("curl", ["--silent", "--fail", "--max-time", "20", Self.site + path])
    }

    /// Waits until so many live pages are open, and the server that the pages are measured beside.
    func waitFor(livePages: Int) async throws {
        try await wait(upTo: .seconds(60), for: "\(livePages) live pages") {
            let established = try await LabHost.box.run("ss", ["-Htn", "state", "established", "sport = :80"])
            return established.split(separator: "\n").count >= livePages
        }
        try await wait(upTo: .seconds(60), for: "the bare server") {
            try await LabHost.box.outcome("curl", ["--silent", "--output", "/dev/null", ServeBytes.address]).status == 0
        }
    }

    /// Resident memory of torbox-web in MiB, and the part of it that no other process shares.
    func memoryOfPages() async throws -> (resident: Double, own: Double) {
        let listening = try await LabHost.box.run("ss", ["-Hltnp", "sport = :80"])
        guard let id = listening.firstMatch(of: /pid=(\d+)/).flatMap({ Int($0.output.1) }) else {
            throw BenchmarkError("box: nobody serves its pages; look at the lab's logs")
        }
        return try MeasuredProcess(id: id).memory()
    }

    private var words: [String] {
        ["--silent", "--fail", "--max-time", "20", "--cookie", cookies, "--cookie-jar", cookies]
    }
}
