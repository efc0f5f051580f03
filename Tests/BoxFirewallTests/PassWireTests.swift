import BoxModel
import HostSystem
import NetAddress
import Testing

@testable import BoxFirewall

@Suite("A device's own Tor on the wire: a device, the box and a relay in namespaces of their own")
struct PassWireTests {
    private static let guard4 = Endpoint("198.51.100.11:9001")!
    private static let guard6 = Endpoint("[2001:db8:51::11]:9001")!
    private static let both: Set<Endpoint> = [guard4, guard6]
    private static let family = [
        (relay: guard4, box: "192.168.1.2"), (relay: guard6, box: "2001:db8:1::2"),
    ]

    private static func open(
        guards: Set<Endpoint> = both, _ ownTor: Openings.OwnTor = .ofEveryDevice, blocked: Set<HardwareAddress> = []
    ) -> Openings {
        Openings(carriesLAN: true, guards: guards, ownTor: ownTor, blocked: blocked)
    }

    @Test("It goes straight to a guard and back, in the box's name", arguments: family)
    func passes(relay: Endpoint, box: String) async throws {
        try await Wires.with { wires in
            for ownTor in [Openings.OwnTor.ofEveryDevice, .of([Wires.device])] {
                try await wires.apply(Self.open(ownTor))
                #expect(try await wires.ask(relay) == "relay \(box)")
            }
        }
    }

    static let notPassing: [(openings: Openings, answer: String)] = [
        (open(.of([])), "tor"), (open(.of([HardwareAddress("02:00:00:00:00:77")!])), "tor"),
        (open(guards: [Endpoint("198.51.100.11:9030")!, Endpoint("[2001:db8:51::11]:9030")!]), "tor"),
        (open(guards: [Endpoint("198.51.100.12:9001")!]), "tor"), (open(blocked: [Wires.device]), "refused"),
        (Openings(guards: both, ownTor: .ofEveryDevice), "refused"), (.closed, "refused"),
    ]

    @Test("Who may not pass, or asks for what is no guard, is carried or refused", arguments: notPassing)
    func staysInside(openings: Openings, answer: String) async throws {
        try await Wires.with { wires in
            try await wires.apply(openings)
            let sent = try await wires.framesSent("tcp sport 0-65535") {
                for relay in Self.both {
                    let found = try await wires.ask(relay)
                    #expect(found == answer)
                }
            }
            #expect(sent == 0)
        }
    }

    @Test("A guard that is taken out loses its open connections: nothing leaves any more", arguments: family)
    func stopsInTheMiddle(relay: Endpoint, box: String) async throws {
        try await Wires.with { wires in
            for next in [Self.open(guards: []), Self.open(.of([])), Self.open(blocked: [Wires.device]), .closed] {
                try await wires.apply(Self.open())
                try await wires.talk(to: relay)
                let before = try await wires.framesSent("tcp dport 9001") { try await wires.waitForTalk() }
                #expect(before > 0)
                try await wires.apply(next)
                let sent = try await wires.framesSent("tcp dport 9001") {
                    let end = try await wires.endOfTalk()
                    #expect(end == "reset")
                }
                #expect(sent == 0)
            }
        }
    }

    @Test("What belongs to no connection stays inside, and the device is told by a reset", arguments: family)
    func refusesInvalid(relay: Endpoint, box: String) async throws {
        try await Wires.with { wires in
            try await wires.apply(Self.open())
            // A reset is not answered with a reset, nor is what no TCP sends.
            let silent = [0x04, 0x14]
            let impossible = [0x29, 0x00, 0x3F]
            let sent = try await wires.framesSent("meta l4proto { tcp, icmp }") {
                for flags in [0x01, 0x10, 0x11, 0x12, 0x18] + silent + impossible {
                    let resets = try await wires.resetsHeard {
                        try await wires.send(flags: flags, to: relay)
                    }
                    if !impossible.contains(flags) { #expect((resets == 0) == silent.contains(flags), "\(flags)") }
                }
            }
            #expect(sent == 0)
            // The same way of sending shows a packet that may go.
            let control = try await wires.framesSent("tcp dport 9001") { try await wires.send(flags: 2, to: relay) }
            #expect(control > 0)
            // A forgotten connection is no connection.
            try await wires.talk(to: relay)
            try await wires.waitForTalk()
            try await wires.box.run("conntrack", "-F")
            let after = try await wires.framesSent("tcp dport 9001") {
                let end = try await wires.endOfTalk()
                #expect(end == "reset")
            }
            #expect(after == 0)
        }
    }

    @Test("A late packet of a live connection does not end it", arguments: family)
    func keepsTheLiving(relay: Endpoint, box: String) async throws {
        try await Wires.with { wires in
            try await wires.apply(Self.open())
            try await wires.talk(to: relay)
            let resets = try await wires.resetsHeard {
                try await wires.send(flags: 0x18, from: Wires.talkPort, to: relay)
                try await wires.waitForTalk()
            }
            #expect(resets == 0)
        }
    }

    @Test("What an uplink brings that belongs to no connection is never answered")
    func tellsTheUplinkNothing() async throws {
        try await Wires.with { wires in
            try await wires.apply(Self.open())
            try await wires.teachTheRelayTheLAN()
            let kind = "meta l4proto { tcp, icmp }"
            let targets = ["10.84.0.11", "fd84:84:84::11", "192.168.1.2", "2001:db8:1::2"]
            func sendAll() async throws {
                for target in targets {
                    for flags in [0x01, 0x02, 0x10, 0x12, 0x18] {
                        try await wires.send(flags: flags, from: 4711, of: .relay, to: Endpoint(IPAddress(target)!, 9))
                    }
                }
            }
            let sent = try await wires.framesSent(kind) { try await sendAll() }
            #expect(sent == 0)
            // Without the ruleset the box itself answers.
            try await wires.box.run("nft", "flush", "ruleset")
            let control = try await wires.framesSent(kind) { try await sendAll() }
            #expect(control > 0)
        }
    }

    @Test("Over the day's number a new guard is refused at once, a known one and another device are not")
    func holdsTheAllowance() async throws {
        try await Wires.with(guardsPerDay: 3) { wires in
            let guards = (1...5).map { Endpoint("198.51.100.\($0):9001")! }
            try await wires.apply(Self.open(guards: Set(guards)))
            var answers: [String] = []
            for relay in guards { answers.append(try await wires.ask(relay)) }
            #expect(answers == Array(repeating: "relay 192.168.1.2", count: 3) + ["refused", "refused"])
            for relay in guards.prefix(3) { #expect(try await wires.ask(relay) == "relay 192.168.1.2") }
            try await wires.becomeAnotherDevice()
            #expect(try await wires.ask(guards[4]) == "relay 192.168.1.2")
        }
    }

    @Test("A blocked device gets an address and the box's pages, no names, and nothing else")
    func blocks() async throws {
        try await Wires.with { wires in
            let services = [Endpoint("10.84.0.1:80")!, Endpoint("10.84.0.1:53")!, Endpoint("203.0.113.80:443")!]
            try await wires.apply(Self.open())
            var answers: [String] = []
            for service in services { answers.append(try await wires.ask(service)) }
            #expect(answers == ["page", "names", "tor"])
            try await wires.apply(Self.open(blocked: [Wires.device]))
            answers = []
            for service in services { answers.append(try await wires.ask(service)) }
            #expect(answers == ["page", "refused", "refused"])
        }
    }

    @Test("What the kernel writes down of the devices does not look like a changed ruleset")
    func keepsTheListing() async throws {
        try await Wires.with { wires in
            let before = try await wires.box.run("nft", "--stateless", "--terse", "list", "ruleset")
            try await wires.apply(Self.open())
            #expect(try await wires.ask(Self.guard4) == "relay 192.168.1.2")
            #expect(try await wires.ask(Self.guard6) == "relay 2001:db8:1::2")
            let opened = try await wires.box.run("nft", "list", "set", "inet", "torbox", "opened6")
            #expect(opened.contains("\(Wires.device.revealed) . 2001:db8:51::11 . 9001"))
            #expect(try await wires.box.run("nft", "--stateless", "--terse", "list", "ruleset") == before)
        }
    }
}
