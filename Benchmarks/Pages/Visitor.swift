import BoxLab

/// Somebody on the box itself who opens the pages with curl.
struct Visitor: Sendable {
    static let site = "http://\(Addresses.lan.address)"
    private static let password = "horse staple battery"
    private let cookies = (LabFolder.run / "benchmark-cookies").path

    /// Chooses the password, without which there is only the first visit's page.
    func becomeOwner() async throws {
        var welcome = ""
        try await Patience.wait(for: "the box's pages") {
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
        try await Patience.wait(for: "\(livePages) live pages") {
            let established = try await LabHost.box.run("ss", ["-Htn", "state", "established", "sport = :80"])
            return established.split(separator: "\n").count >= livePages
        }
        try await Patience.wait(for: "the bare server") {
            try await LabHost.box.outcome("curl", ["--silent", "--output", "/dev/null", ServeBytes.address]).status == 0
        }
    }

    /// Resident memory of torbox-web in MiB, and the part of it that no other process shares.
    func memoryOfPages() async throws -> (resident: Double, own: Double) {
        let process = try await LabHost.box.run(
            "sh", ["-c", "ss -Hltnp 'sport = :80' | grep -o 'pid=[0-9]*' | head -n 1"])
        let folder = LabFolder("/proc/\(process.drop { !$0.isNumber }.prefix { $0.isNumber })")
        func kilobytes(_ field: String, _ file: String) throws -> Double {
            let line = try folder.read(file)?.split(separator: "\n").first { $0.hasPrefix(field) }
            guard let value = line?.split(whereSeparator: \.isWhitespace).dropFirst().first.flatMap({ Double($0) })
            else { throw LabError(.check, "\(folder.path)/\(file): has no \(field); torbox-web may have ended") }
            return value / 1024
        }
        return try (
            kilobytes("VmRSS:", "status"),
            kilobytes("Private_Clean:", "smaps_rollup") + kilobytes("Private_Dirty:", "smaps_rollup")
        )
    }

    private var words: [String] {
        ["--silent", "--fail", "--max-time", "20", "--cookie", cookies, "--cookie-jar", cookies]
    }
}

/// Waits for what comes by itself.
enum Patience {
    static func wait(for name: String, until condition: () async throws -> Bool) async throws {
        let end = ContinuousClock.now + .seconds(60)
        while try await !condition() {
            guard ContinuousClock.now < end else {
                throw LabError(.timeLimit, "\(name): not within 60 s; look at the lab's logs")
            }
            try await Task.sleep(for: .milliseconds(50))
        }
    }
}
