import Foundation
import NetAddress
import NftablesReading
import Testing

/// `Fixtures/ruleset.json` is what a kernel held: `lan0` carried, two guards, one of them no guard any more at the egress.
private let recorded = try! String(
    contentsOf: Bundle.module.url(forResource: "ruleset", withExtension: "json", subdirectory: "Fixtures")!,
    encoding: .utf8)

/// What `ip -json rule` says on a box.
private let usualRules = #"""
    [{"priority":0,"src":"all","table":"local"},
    {"priority":100,"src":"all","fwmark":"0x746f72","iif":"lan0","goto":32766},
    {"priority":101,"src":"all","iif":"lan0","action":"blackhole"},
    {"priority":32766,"src":"all","table":"main"},{"priority":32767,"src":"all","table":"default"}]
    """#

extension Ruleset {
    fileprivate func fate(of packet: Packet, rules: String = usualRules) throws -> Fate {
        try fate(of: packet, routing: RoutingRules(json: rules))
    }
}

extension Fate {
    fileprivate var chain: String? {
        guard case .chain(let place) = decidedBy else { return nil }
        return place.chain
    }
}

private let plain = HardwareAddress("02:00:00:00:00:03")!
private let ticked = HardwareAddress("02:00:00:00:00:01")!
private let blocked = HardwareAddress("02:00:00:00:00:0b")!

private func packet(to destination: String, from device: HardwareAddress = plain) -> Packet {
    let destination = Endpoint(destination)!
    var packet = Packet(
        inputInterface: "lan0", outputInterface: "wan0", device: device, source: IPAddress("10.84.0.50")!,
        destination: destination,
        localAddresses: Set(["10.84.0.1", "fd84:84:84::1", "192.168.1.2"].map { IPAddress($0)! }),
        outsideAddress: IPAddress("192.168.1.2")!)
    if case .v6 = destination.address {
        packet.source = IPAddress("fd84:84:84::50")!
        packet.outsideAddress = IPAddress("2001:db8:1::2")!
    }
    return packet
}

@Suite("What the kernel would do with a connection")
struct FateTests {
    struct Row: Sendable, CustomStringConvertible {
        let destination: String
        var device = plain
        let end: Fate.End
        let turned: Bool
        let chain: String

        var description: String { "\(destination) \(end)" }
    }

    static let rows = [
        Row(destination: "203.0.113.80:80", end: .arrives, turned: true, chain: "turning"),
        Row(destination: "[2001:db8:80::80]:80", end: .arrives, turned: true, chain: "turning"),
        Row(destination: "8.8.8.8:53", end: .arrives, turned: true, chain: "turning"),
        Row(destination: "10.192.1.1:80", end: .arrives, turned: true, chain: "turning"),
        Row(destination: "10.84.0.1:80", end: .arrives, turned: false, chain: "service"),
        Row(destination: "10.84.0.1:53", end: .arrives, turned: true, chain: "turning"),
        Row(destination: "10.84.0.1:22", end: .rejected, turned: false, chain: "refuse"),
        Row(destination: "10.84.0.1:9040", end: .rejected, turned: false, chain: "refuse"),
        Row(destination: "192.168.1.2:80", end: .rejected, turned: false, chain: "refuse"),
        Row(destination: "192.168.1.1:80", end: .rejected, turned: false, chain: "refuse"),
        Row(destination: "[fd00::1]:80", end: .rejected, turned: false, chain: "refuse"),
        // A guard, for a device that may and for one that may not.
        Row(destination: "198.51.100.11:9001", end: .arrives, turned: true, chain: "turning"),
        Row(destination: "198.51.100.11:9001", device: ticked, end: .leaves, turned: false, chain: "leaving"),
        Row(destination: "[2001:db8:51::11]:9001", device: ticked, end: .leaves, turned: false, chain: "leaving"),
        Row(destination: "198.51.100.11:443", device: ticked, end: .arrives, turned: true, chain: "turning"),
        // Passed by one table, and stopped by the egress chain, which has the last word.
        Row(destination: "198.51.100.99:9001", device: ticked, end: .dropped, turned: false, chain: "uplink_1"),
        Row(destination: "203.0.113.80:80", device: blocked, end: .rejected, turned: false, chain: "refuse"),
        Row(destination: "8.8.8.8:53", device: blocked, end: .rejected, turned: false, chain: "refuse"),
        Row(destination: "10.84.0.1:80", device: blocked, end: .arrives, turned: false, chain: "from_lan"),
    ]

    @Test("Each kind of destination has its fate, and the rule of one chain decides", arguments: rows)
    func follows(row: Row) throws {
        let fate = try Ruleset(json: recorded).fate(of: packet(to: row.destination, from: row.device))
        #expect(fate.end == row.end)
        #expect((fate.turnedBy != nil) == row.turned)
        #expect(fate.chain == row.chain)
    }

    @Test("An empty set means closed: nothing is carried, nothing leaves")
    func closed() throws {
        let ruleset = try Ruleset(json: recorded.replacing(#""elem": ["lan0"]"#, with: #""elem": []"#))
        for row in Self.rows where !row.destination.hasSuffix(":53") && !row.destination.hasPrefix("10.84.0.1") {
            #expect(try ruleset.fate(of: packet(to: row.destination, from: row.device)).end == .rejected)
        }
    }

    @Test("A device that takes the box's address, or none of the LAN, is heard by nobody")
    func lying() throws {
        var lie = packet(to: "203.0.113.80:80")
        for source in ["10.84.0.1", "203.0.113.5"] {
            lie.source = IPAddress(source)!
            let fate = try Ruleset(json: recorded).fate(of: lie)
            #expect(fate.end == .dropped && fate.chain == "sources")
        }
    }

    @Test("A new guard is passed as long as the device's allowance lasts, and the answer says so")
    func assumes() throws {
        let ruleset = try Ruleset(json: recorded)
        #expect(try ruleset.fate(of: packet(to: "198.51.100.11:9001", from: ticked)).assumedBy?.chain == "opening")
        #expect(try ruleset.fate(of: packet(to: "203.0.113.80:80", from: ticked)).assumedBy == nil)
    }

    @Test(
        "What this reader does not know it does not guess",
        arguments: [
            (#"{"meta": {"key": "iifname"}}"#, #"{"meta": {"key": "cgroup"}}"#),
            (#"{"reject": {"type": "tcp reset"}}"#, #"{"queue": null}"#),
            (#""right": "@carried""#, #""right": "@nowhere""#),
            (#""op": "!=""#, #""op": "~""#),
            (#""hook": "prerouting""#, #""hook": "ingress""#),
        ])
    func admits(known: String, unknown: String) throws {
        #expect(recorded.contains(known))
        let ruleset = try Ruleset(json: recorded.replacing(known, with: unknown))
        let error = #expect(throws: ReadingError.self) { try ruleset.fate(of: packet(to: "192.168.1.1:80")) }
        #expect(error?.kind == .cannotSay)
    }

    @Test("An unknown comparison beside one that fails changes nothing")
    func settles() throws {
        let known = #"{"payload": {"protocol": "icmpv6", "field": "type"}}"#
        #expect(recorded.contains(known))
        let ruleset = try Ruleset(json: recorded.replacing(known, with: #"{"meta": {"key": "cgroup"}}"#))
        #expect(try ruleset.fate(of: packet(to: "203.0.113.80:80")).end == .arrives)
    }

    @Test("Without the ruleset a device's packet has no mark, and the routing rules end its way")
    func empty() throws {
        let nothing = try Ruleset(json: #"{"nftables": []}"#)
        let fate = try nothing.fate(of: packet(to: "203.0.113.80:80"))
        #expect(fate.end == .dropped)
        guard case .routing(let rule) = fate.decidedBy else {
            Issue.record("decided by \(fate.decidedBy)")
            return
        }
        #expect(rule.description == "routing rule 101: iif lan0 blackhole")
        let told = usualRules.replacing("blackhole", with: "unreachable")
        #expect(try nothing.fate(of: packet(to: "203.0.113.80:80"), rules: told).end == .rejected)
    }

    @Test("A packet for the box itself is never routed")
    func notRouted() throws {
        let everything = usualRules.replacing(#""fwmark":"0x746f72""#, with: #""fwmark":"0x1""#)
        let ruleset = try Ruleset(json: recorded)
        #expect(try ruleset.fate(of: packet(to: "203.0.113.80:80"), rules: everything).end == .arrives)
        #expect(try ruleset.fate(of: packet(to: "198.51.100.11:9001", from: ticked), rules: everything).end == .dropped)
    }

    @Test("An empty kernel without its routing rules is not the box's")
    func strange() throws {
        let error = #expect(throws: ReadingError.self) {
            try Ruleset(json: #"{"nftables": []}"#).fate(of: packet(to: "203.0.113.80:80"), rules: "[]")
        }
        #expect(error?.kind == .cannotSay)
    }

    @Test(
        "A routing rule that this reader does not know it names, unless it is another interface's",
        arguments: [
            (#"{"priority":50,"src":"10.84.0.0","srclen":24,"table":"77"}"#, false),
            (#"{"priority":50,"src":"all","table":"77"}"#, false),
            (#"{"priority":50,"not":null,"src":"all","iif":"wan0","action":"blackhole"}"#, false),
            (#"{"priority":50,"src":"all","fwmark":"0x1","fwmask":"0xff","action":"blackhole"}"#, false),
            (#"{"priority":50,"src":"all","iif":"wan0","table":"77"}"#, true),
            (#"{"priority":50,"src":"10.0.0.0","srclen":8,"iif":"wan0","table":"77"}"#, true),
        ])
    func admitsRouting(rule: String, isKnown: Bool) throws {
        let rules = "[\(rule),\(usualRules.dropFirst())"
        let question = packet(to: "198.51.100.11:9001", from: ticked)
        if isKnown {
            #expect(try Ruleset(json: recorded).fate(of: question, rules: rules).end == .leaves)
        } else {
            let error = #expect(throws: ReadingError.self) {
                try Ruleset(json: recorded).fate(of: question, rules: rules)
            }
            #expect(error?.kind == .cannotSay && error?.message.contains("routing rule") == true)
        }
    }

    @Test("A listing that is none is refused", arguments: ["", "{}", "[]", "{\"nftables\":[{\"rule\":{}}]}", "\u{0}"])
    func malformed(json: String) {
        let error = #expect(throws: ReadingError.self) { try Ruleset(json: json) }
        #expect(error?.kind == .malformed)
    }

    @Test("The sets of addresses and ports are listed with what they hold")
    func sets() throws {
        let ruleset = try Ruleset(json: recorded)
        #expect(
            ruleset.setsOfEndpoints == [
                "inet torbox guards4", "inet torbox guards6", "netdev torbox doors4", "netdev torbox doors6",
                "netdev torbox guards4", "netdev torbox guards6",
            ])
        #expect(
            ruleset.endpoints(of: "netdev torbox doors4")?.map(\.description) == [
                "198.51.100.11:9001", "198.51.100.12:9001",
            ])
        #expect(ruleset.endpoints(of: "netdev torbox doors6")?.map(\.description) == ["[2001:db8:51::11]:9001"])
        #expect(ruleset.endpoints(of: "netdev torbox nowhere") == nil)
    }
}
