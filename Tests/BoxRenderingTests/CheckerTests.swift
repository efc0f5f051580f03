import BoxConfiguration
import FoundationEssentials
import HostSystem
import Testing

@testable import BoxRendering

/// The programs themselves judge what is rendered for them.
@Suite("Checked by the programs")
struct CheckerTests {
    @Test(
        "tor accepts its configuration without a warning",
        arguments: ["torbox.toml", "private-network.toml", "bridges.toml", "plain-bridge.toml", "snowflake.toml"])
    func tor(name: String) async throws {
        try await inFolder { folder in
            let paths = ServicePaths(runtimeDirectory: folder, torDataDirectory: folder + "/data")
            let outcome = try await verify(try Torrc(Fixture.configuration(name), paths: paths).text, in: folder)
            #expect(outcome.status == 0, "\(outcome.output)")
            #expect(outcome.output.contains("Configuration was valid"))
            let warnings = outcome.output.split(separator: "\n").filter { $0.contains("[warn]") }
                // True and meant: authorities of our own, and tests that root may run.
                .filter { !$0.contains("DirAuthority") && !$0.contains("running Tor as root") }
            #expect(warnings.isEmpty)
        }
    }

    @Test("tor refuses a configuration with a line that it does not know")
    func torRefuses() async throws {
        try await inFolder { folder in
            let paths = ServicePaths(runtimeDirectory: folder, torDataDirectory: folder + "/data")
            let text = try Torrc(Fixture.configuration("torbox.toml"), paths: paths).text + "OpenTheBox 1\n"
            #expect(try await verify(text, in: folder).status != 0)
        }
    }

    @Test("dnsmasq accepts its configuration", arguments: ["torbox.toml", "private-network.toml"])
    func dnsmasq(name: String) async throws {
        try await checkDnsmasq(Fixture.configuration(name))
    }

    func checkDnsmasq(_ configuration: Configuration) async throws {
        try await inFolder { folder in
            for upstream in [ResolverUpstream.none, .tor(configuration.tor)] {
                let paths = ServicePaths(runtimeDirectory: folder)
                try FileManager.default.createDirectory(
                    atPath: paths.dnsmasqDirectory, withIntermediateDirectories: true)
                try write(upstream.text, to: paths.dnsmasqUpstream)
                let file = folder + "/dnsmasq.conf"
                try write(DnsmasqConfiguration(configuration, paths: paths).text, to: file)
                try await Command("dnsmasq", ["--test", "--conf-file=\(file)"]).run()
            }
        }
    }

    @Test("dnsmasq refuses a configuration with a line that it does not know")
    func dnsmasqRefuses() async throws {
        try await inFolder { folder in
            let file = folder + "/dnsmasq.conf"
            try write(DnsmasqConfiguration(Fixture.configuration("torbox.toml")).text + "open-the-box\n", to: file)
            #expect(try await Command("dnsmasq", ["--test", "--conf-file=\(file)"]).outcome().status != 0)
        }
    }

    @Test("chronyd accepts its configuration", arguments: ["torbox.toml", "private-network.toml"])
    func chrony(name: String) async throws {
        #expect(try await verifyChrony(ChronyConfiguration(Fixture.configuration(name)).text) == 0)
    }

    @Test("chronyd refuses a configuration with a line that it does not know")
    func chronyRefuses() async throws {
        let text = try ChronyConfiguration(Fixture.configuration("torbox.toml")).text + "openthebox\n"
        #expect(try await verifyChrony(text) != 0)
    }

    private func verifyChrony(_ text: String) async throws -> Int32 {
        var status: Int32?
        try await inFolder { folder in
            try write(text, to: folder + "/chrony.conf")
            status = try await Command("chronyd", ["-p", "-f", folder + "/chrony.conf"]).outcome().status
        }
        return try #require(status)
    }

    func verify(_ torrc: String, in folder: String) async throws -> Command.Outcome {
        let file = folder + "/torrc"
        try write(torrc, to: file)
        return try await Command(
            "tor", ["--verify-config", "--defaults-torrc", "/dev/null", "-f", file]
        ).outcome()
    }

    func inFolder(_ body: (String) async throws -> Void) async throws {
        let folder = FileManager.default.temporaryDirectory.path() + "torbox-rendering-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        let result: Result<Void, any Error>
        do {
            result = .success(try await body(folder))
        } catch {
            result = .failure(error)
        }
        try FileManager.default.removeItem(atPath: folder)
        try result.get()
    }

    func write(_ text: String, to file: String) throws {
        try Data(text.utf8).write(to: URL(filePath: file))
    }
}
