import BoxAPI
import BoxConfiguration
import HostSystem
import NftablesReading
import Testing

@testable import BoxDaemon

@Suite("The airlock in words, from a kernel that holds it")
struct AirlockReportTests {
    private func report(tor: UInt32? = nil, adding rule: [String] = []) async throws -> AirlockReport {
        var report: AirlockReport?
        try await Bench.with { bench in
            #expect(try await bench.load().status == 0)
            try await bench.run(
                "nft", "add", "element", "netdev", "torbox", "doors4", "{ 192.0.2.1 . 443, 192.0.2.2 . 443 }")
            if !rule.isEmpty {
                try await Command("nft", rule).inside(namespace: bench.namespace).run()
            }
            let configuration = try Configuration.reading(Bench.configuration, file: "torbox.toml")
            let known = KnownRules(
                lan: configuration.lan, tor: try tor ?? UserAccount(named: configuration.tor.user).user,
                clock: try UserAccount(named: configuration.time.user).user,
                snowflake: try UserAccount(named: Configuration.snowflakeUser).user)
            report = AirlockReport(
                ChainListing(try await bench.run("nft", "--stateless", "--terse", "list", "ruleset")),
                try Ruleset(json: await bench.run("nft", "--json", "list", "ruleset")), known)
        }
        return try #require(report)
    }

    @Test("Every rule on the way out has its meaning, and every meaning its rule")
    func whole() async throws {
        let report = try await report()
        #expect(report.chains.map(\.name) == ["netdev torbox uplink_1", "netdev torbox leaving"])
        #expect(report.chains.first?.hook?.hasSuffix("policy drop;") == true)
        let rules = report.chains.flatMap(\.rules)
        #expect(rules.filter { $0.meaning == nil }.map(\.text) == [])
        #expect(Set(rules.compactMap(\.meaning)) == Set(AirlockReport.Meaning.allCases))
        let doors = rules.filter { $0.meaning == .letsTor }
        #expect(doors.map(\.places) == [2, 0])
        #expect(report.sets.first { $0.name == "netdev torbox doors4" }?.count == 2)
        #expect(report.sets.allSatisfy { $0.name.hasPrefix("netdev ") })
    }

    @Test("A rule that somebody added is told of as one that is not known, first where it stands first")
    func strange() async throws {
        let report = try await report(adding: ["insert", "rule", "netdev", "torbox", "leaving", "accept"])
        let rules = try #require(report.chains.last?.rules)
        #expect(rules.first?.text == "accept" && rules.first?.meaning == nil)
        #expect(rules.dropFirst().allSatisfy { $0.meaning != nil })
    }

    @Test("A rule for another user than tor's is not taken for tor's")
    func otherUser() async throws {
        let unknown = try await report(tor: 4711).chains.flatMap(\.rules).filter { $0.meaning == nil }
        #expect(unknown.count == 2 && unknown.allSatisfy { $0.text.contains("@doors") })
    }
}
