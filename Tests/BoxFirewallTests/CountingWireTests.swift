import BoxModel
import HostSystem
import NetAddress
import Nftables
import NftablesReading
import Testing

@testable import BoxDaemon
@testable import BoxFirewall

@Suite("What the kernel counts of the devices, on the wire")
struct CountingWireTests {
    private static let guard4 = Endpoint("198.51.100.11:9001")!
    private static let guard6 = Endpoint("[2001:db8:51::11]:9001")!
    private static let guards: Set<Endpoint> = [guard4, guard6]
    private static let open = Openings(carriesLAN: true, guards: guards, ownTor: .ofEveryDevice)

    struct Way: Sendable, CustomTestStringConvertible {
        let relay: Endpoint
        let isStraight: Bool

        var testDescription: String { "\(relay) \(isStraight ? "straight" : "through tor")" }
    }

    static let ways = [guard4, guard6].flatMap {
        [Way(relay: $0, isStraight: true), Way(relay: $0, isStraight: false)]
    }

    @Test(
        "What a device sends and what it receives is counted apart, straight to a guard and through tor",
        arguments: ways)
    func counts(way: Way) async throws {
        try await Wires.with { wires in
            try await wires.apply(way.isStraight ? Self.open : Openings(carriesLAN: true))
            #expect(try await wires.ask(way.relay).hasPrefix(way.isStraight ? "relay" : "tor"))
            let bytes = 500_000
            for transfer in [Wires.Transfer.give, .take] {
                let before = try await wires.use()
                try await wires.transfer(transfer, bytes, with: way.relay)
                let after = try await wires.use()
                let sent = after.sent - before.sent
                let received = after.received - before.received
                let (much, little) = transfer == .take ? (sent, received) : (received, sent)
                #expect((bytes...bytes * 6 / 5).contains(much), "\(transfer): \(sent) sent, \(received) received")
                #expect((1...bytes / 5).contains(little), "\(transfer): \(sent) sent, \(received) received")
            }
        }
    }

    @Test("Each device has its own count, and nobody's count is in the listing that is compared")
    func separates() async throws {
        try await Wires.with { wires in
            let before = try await wires.box.run("nft", "--stateless", "--terse", "list", "ruleset")
            try await wires.apply(Self.open)
            try await wires.transfer(.take, 100_000, with: Self.guard4)
            let first = try await wires.use().sent
            try await wires.becomeAnotherDevice()
            try await wires.transfer(.take, 300_000, with: Self.guard4)
            #expect(try await wires.use().sent - first < 10_000)
            #expect(try await wires.use(HardwareAddress("02:00:00:00:84:12")!).sent >= 300_000)
            #expect(try await wires.box.run("nft", "--stateless", "--terse", "list", "ruleset") == before)
        }
    }

    @Test("Full counts stop counting, and decide nothing: what passes passes, what is refused is refused")
    func full() async throws {
        try await Wires.with { wires in
            try await wires.fillCounts()
            for relay in [Self.guard4, Self.guard6] {
                try await wires.apply(Self.open)
                #expect(try await wires.ask(relay).hasPrefix("relay "))
                try await wires.apply(Openings(carriesLAN: true))
                #expect(try await wires.ask(relay) == "tor")
                try await wires.apply(Openings(carriesLAN: true, blocked: [Wires.device]))
                #expect(try await wires.ask(relay) == "refused")
                try await wires.apply(.closed)
                #expect(try await wires.ask(relay) == "refused")
            }
            // They were full indeed.
            let use = try await wires.use()
            #expect(use.sent == 0 && use.received == 0)
            for set in ["sent4", "sent6", "received4", "received6"] {
                #expect(try await wires.elements(of: set).count == 4096)
            }
        }
    }

    @Test("A ruleset that counts at once is still the one that was meant")
    func loadsUnderTraffic() async throws {
        try await Wires.with { wires in
            try await wires.chatter()
            for _ in 0..<5 {
                let outcome = try await wires.box.load()
                #expect(outcome.status == 0, "\(outcome.errors)")
            }
            #expect(try await wires.use().sent > 0)
        }
    }

    @Test("The kernel's sets tell when a device has opened its number of guards, and only then it is refused more")
    func tellsOfTheAllowance() async throws {
        try await Wires.with(guardsPerDay: 3) { wires in
            let relays = (1...4).map { Endpoint("198.51.100.\($0):9001")! } + [Self.guard6]
            try await wires.apply(Openings(carriesLAN: true, guards: Set(relays), ownTor: .ofEveryDevice))
            #expect(try await wires.guardsOpened() == 0)
            for (number, relay) in relays.enumerated() {
                let answer = try await wires.ask(relay)
                #expect(answer.hasPrefix(number < 3 ? "relay" : "refused"))
                #expect(try await wires.guardsOpened() == min(number + 1, 3))
            }
            #expect(try await wires.ask(relays[0]).hasPrefix("relay"))
            #expect(try await wires.guardsOpened() == 3)
            try await wires.becomeAnotherDevice()
            #expect(try await wires.ask(relays[3]).hasPrefix("relay"))
            #expect(try await wires.guardsOpened() == 3)
        }
    }
}

extension Wires {
    fileprivate func use(_ device: HardwareAddress = Self.device) async throws -> (sent: Int, received: Int) {
        let use = DeviceUse(
            sent: try await elements(of: "sent4") + elements(of: "sent6"),
            received: try await elements(of: "received4") + elements(of: "received6"))
        return (use.sent[device] ?? 0, use.received[device] ?? 0)
    }

    fileprivate func guardsOpened() async throws -> Int {
        let opened = try await elements(of: "opened4") + elements(of: "opened6")
        return GuardsOpened(opened: opened, allowances: try await elements(of: "allowances")).byDevice[Self.device] ?? 0
    }

    /// Makes up devices and addresses until the kernel takes no more.
    fileprivate func fillCounts() async throws {
        var elements: [String: [String]] = [:]
        for number in 0..<4096 {
            let (high, low) = (String(number >> 8, radix: 16), String(number & 0xFF, radix: 16))
            let addresses = ["10.99.\(number >> 8).\(number & 0xFF)", "fd99::\(String(number, radix: 16))"]
            for (family, address) in zip(["4", "6"], addresses) {
                elements["sent" + family, default: []].append("02:99:00:00:\(high):\(low) . \(address)")
                elements["received" + family, default: []].append(address)
            }
        }
        let input = elements.map { set, elements in
            "flush set inet torbox \(set)\nadd element inet torbox \(set) { \(elements.joined(separator: ", ")) }\n"
        }.joined()
        try await Command("nft", ["-f", "-"]).inside(namespace: box.namespace).run(input: input)
    }
}
