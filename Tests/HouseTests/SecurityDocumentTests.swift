import Foundation
import NetAddress
import Nftables
import Testing

@testable import BoxFirewall
@testable import BoxModel
@testable import BoxSupervisor

@Suite("docs/security.md promises what the ruleset holds")
struct SecurityDocumentTests {
    private static let repository = URL(filePath: #filePath).deletingLastPathComponent()
        .appending(path: "../..").standardizedFileURL

    private let document: SecurityDocument
    private let ruleset: SecurityDocumentRuleset

    init() throws {
        func text(_ file: String) throws -> String {
            try String(contentsOf: Self.repository.appending(path: file), encoding: .utf8)
        }
        document = try SecurityDocument(text("docs/security.md"))
        ruleset = try SecurityDocumentRuleset(text("System/airlock.nft"))
    }

    @Test("Every state has one table of what leaves and one of what a device gets", arguments: ["Leaves", "A device"])
    func knowsEveryState(table: String) {
        let states = document.sections(table).flatMap(\.names)
        #expect(states == BoxState.allCases.map(\.rawValue))
    }

    @Test("What leaves in a state is what its sets let out", arguments: BoxState.allCases)
    func listsWhatLeaves(state: BoxState) throws {
        let section = try #require(document.sections("Leaves").first { $0.names.contains(state.rawValue) })
        let rules = ruleset.rules(of: "leaving", that: ["accept"], filled: Self.filledSets(in: state))
        #expect(section.rules == rules)
        #expect(!rules.isEmpty)
    }

    @Test("What a device gets in a state is what is turned to the box or refused", arguments: BoxState.allCases)
    func listsWhatDevicesGet(state: BoxState) throws {
        let section = try #require(document.sections("A device").first { $0.names.contains(state.rawValue) })
        let turned = ruleset.rules(of: "turning", that: ["dnat"], filled: Self.filledSets(in: state))
        #expect(section.rules == turned + ruleset.rules(of: "refuse", that: ["reject"]))
        #expect(!turned.isEmpty)
    }

    @Test("What never leaves is what the last chain drops first")
    func listsWhatNeverLeaves() throws {
        let section = try #require(document.sections("What never leaves").first)
        #expect(section.rules == ruleset.rules(of: "leaving", that: ["drop"]))
        #expect(!section.rules.isEmpty)
    }

    /// Three have tables of their own; the fourth only drops, and what it accepts goes on to the others.
    private static let described: Set = ["leaving", "turning", "refuse", "sources"]

    @Test("Every other chain accepts what its table lists, and nothing else")
    func listsWhatIsAccepted() {
        let sections = document.sections("Chain")
        #expect(Set(sections.flatMap(\.names)) == ruleset.chainNames.subtracting(Self.described))
        for section in sections {
            #expect(
                section.rules == section.names.flatMap { ruleset.rules(of: $0, that: ["accept"]) }, "\(section.heading)"
            )
        }
    }

    @Test("Whoever judges a packet drops what it does not know; the five that do not judge pass it on")
    func dropsByDefault() {
        let expected = [
            "sources": "accept", "turning": "accept", "masking": "accept", "counting_sent": "accept",
            "counting_received": "accept", "arriving": "drop", "passing": "drop", "sending": "drop",
        ]
        #expect(ruleset.policies == expected)
    }

    @Test("A rule that nobody wrote down, and a state without a table, are noticed")
    func noticesWhatIsMissing() {
        let text = "chain leaving {\n  ether type arp accept\n  ip daddr 192.0.2.1 accept\n  oif @doors4 accept\n}\n"
        let rules = SecurityDocumentRuleset(text)
        #expect(rules.rules(of: "leaving", that: ["accept"], filled: []).count == 2)
        #expect(rules.rules(of: "leaving", that: ["accept"], filled: ["doors4"]).count == 3)
        let table = SecurityDocument("### Leaves while `closed`\n| ARP | always | `ether type arp accept` |\n")
        #expect(table.sections("Leaves").first?.rules == ["ether type arp accept"])
        #expect(table.sections("Leaves").flatMap(\.names) == ["closed"])
    }

    /// The sets that hold something in a state, once tor knows relays over both families, and snowflake bridges too.
    private static func filledSets(in state: BoxState) -> Set<String> {
        var facts = Supervisor.Facts()
        let places: Set<Endpoint> = [Endpoint("192.0.2.1:443")!, Endpoint("[2001:db8::1]:443")!]
        facts.entrances = Entrances(doors: places, guards: places)
        facts.entrances?.throughSnowflake = true
        facts.snowflake = .listens(port: 40000)
        facts.clockRound = places
        facts.devices = .init(ownTor: [], blocked: [])
        let sets = Supervisor.openings(state, facts, .automatic).sets(
            lan: InterfaceName("lan0")!, uplinks: [InterfaceName("wan0")!])
        return Set(sets.filter { !$0.elements.isEmpty }.map { String($0.set.split(separator: " ").last!) })
    }
}
