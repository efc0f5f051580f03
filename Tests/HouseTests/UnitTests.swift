import BoxFirewall
import Foundation
import HostSystem
import Testing

/// What systemd itself says of the files in `System`; it judges them without running anything.
@Suite("The units of systemd")
struct UnitTests {
    private static let root = URL(filePath: #filePath).deletingLastPathComponent()
        .appending(path: "../..").standardizedFileURL
    private static let units = root.appending(path: "System")

    /// The rows of the table in docs/security.md: a unit, and what its figure is to stay below.
    private static var limits: [String: Double] {
        get throws {
            let text = try String(contentsOf: root.appending(path: "docs/security.md"), encoding: .utf8)
            let rows = text.matches(of: /\| (?<unit>torbox[a-z-]*) \| .+ \| (?<limit>[0-9]+\.[0-9]) \|/)
            return Dictionary(
                uniqueKeysWithValues: try rows.map { (String($0.unit), try #require(Double($0.limit))) })
        }
    }

    private static var names: [String] {
        get throws {
            try FileManager.default.contentsOfDirectory(atPath: units.path)
                .filter { $0.hasSuffix(".service") }.map { String($0.dropLast(".service".count)) }
        }
    }

    @Test("Every unit has its row in docs/security.md")
    func areDocumented() throws {
        #expect(try Set(Self.names) == Set(Self.limits.keys))
    }

    @Test("What a unit could do if it were taken over is as little as docs/security.md says")
    func areConfined() async throws {
        for (name, limit) in try Self.limits {
            let words = try await Command(
                "systemd-analyze",
                ["security", "--no-pager", "--offline=true", Self.units.appending(path: "\(name).service").path]
            ).run()
            let figure = try #require(words.firstMatch(of: /Overall exposure level for .*: ([0-9.]+)/))
            #expect(try #require(Double(figure.1)) < limit, "\(name)")
        }
    }

    @Test("systemd understands every line, and finds everything but what only the package brings")
    func areUnderstood() async throws {
        let files = try Self.names.map { Self.units.appending(path: "\($0).service").path }
        let outcome = try await Command(
            "systemd-analyze", ["verify", "--recursive-errors=no", "--man=no"] + files
        ).outcome()
        let complaints = outcome.errors.split(separator: "\n").filter {
            !$0.contains(#/Command /usr/(lib/torbox|sbin)/torbox[a-z-]* is not executable: No such file/#)
        }
        #expect(complaints.isEmpty)
    }

    @Test("A load of the ruleset that goes on is not cut off by torboxd's next try")
    func letALoadEnd() throws {
        let text = try String(contentsOf: Self.units.appending(path: "torbox-airlock.service"), encoding: .utf8)
        let limit = try #require(text.firstMatch(of: /\nTimeoutStartSec=([0-9]+)\n/))
        #expect(try .seconds(#require(Int(limit.1))) < Firewall.loadLimit)
    }

    @Test("What runs all the time, and what is in memory so as to be lost, is neither swapped out nor dumped")
    func keepInMemory() throws {
        let others: Set = ["torbox-airlock", "torbox-update", "torbox-repair"]
        let units = try Self.names.filter { !others.contains($0) }.map { "\($0).service" }
        for name in units + ["systemd-journald.service.d/torbox.conf"] {
            let text = try String(contentsOf: Self.units.appending(path: name), encoding: .utf8)
            #expect(text.contains("\nMemorySwapMax=0\nLimitCORE=0\n"), "\(name)")
        }
    }

    @Test("Nothing but the removal of the package takes the ruleset away, and nothing else starts a service")
    func keepTheRuleset() throws {
        for name in try Self.names {
            let text = try String(contentsOf: Self.units.appending(path: "\(name).service"), encoding: .utf8)
            #expect(!text.contains("\nExecStop"), "\(name)")
            #expect(
                text.contains("\n[Install]\n") == ["torbox-airlock", "torboxd", "torbox-repair"].contains(name),
                "\(name)")
        }
    }
}
