import BoxAPI
import BoxModel
import HostSystem
import NetAddress
import NftablesReading
import Testing

@testable import BoxDaemon

@Suite("What the kernel notes of what it refuses, on the wire")
struct NotingWireTests {
    private static let relays = [Endpoint("198.51.100.11:9001")!, Endpoint("[2001:db8:51::11]:9001")!]

    private static let probes: [(probe: Wires.Probe, kind: RefusalsReport.Kind)] = [
        (.datagram("198.51.100.11", 443), .quic), (.datagram("2001:db8:51::11", 443), .quic),
        (.datagram("198.51.100.11", 3478), .callOrGame), (.datagram("2001:db8:51::11", 3478), .callOrGame),
        (.datagram("198.51.100.11", 51820), .vpn), (.raw("198.51.100.11", 47), .vpn),
        (.datagram("198.51.100.11", 853), .otherUDP), (.raw("198.51.100.11", 132), .otherProtocol),
        (.ping("198.51.100.11"), .ping), (.ping("2001:db8:51::11"), .ping), (.ping("10.84.0.1"), .ping),
        (.datagram("192.168.1.1", 443), .privateNetwork), (.connection("192.168.1.1", 631), .privateNetwork),
        (.connection("fd99::1", 631), .privateNetwork),
    ]

    @Test("Each refused packet is noted by its kind, for its device alone; nothing of it leaves")
    func notes() async throws {
        try await Wires.with { wires in
            try await wires.apply(Openings(carriesLAN: true))
            for family in ["ip", "ip6"] {
                let leaving = "meta protocol \(family) meta l4proto != ipv6-icmp"
                let frames = try await wires.framesSent(leaving) {
                    for (probe, kind) in Self.probes where probe.family == family {
                        try await wires.forgetRefused()
                        #expect(try await wires.send(probe) == "refused", "\(probe)")
                        let refused = try await wires.refused().byDevice
                        #expect(refused[Wires.device]?.map(\.kind) == [kind], "\(probe)")
                        #expect(refused[Wires.device]?.allSatisfy { $0.count > 0 && $0.lastSecondsAgo < 60 } == true)
                        #expect(refused.count == 1)
                    }
                }
                #expect(frames == 0)
            }
            // Nobody knows anything of the next device.
            try await wires.becomeAnotherDevice()
            #expect(try await wires.send(.ping("198.51.100.11")) == "refused")
            let other = try await wires.refused().byDevice[HardwareAddress("02:00:00:00:84:12")!]
            #expect(other?.map(\.kind) == [.ping])
        }
    }

    @Test("What is carried, answered by the box, or sent to many is not noted")
    func notesNothingElse() async throws {
        try await Wires.with { wires in
            let before = try await wires.box.run("nft", "--stateless", "--terse", "list", "ruleset")
            try await wires.apply(Openings(carriesLAN: true))
            try await wires.forgetRefused()
            for relay in Self.relays { #expect(try await wires.ask(relay) == "tor") }
            #expect(try await wires.ask(Endpoint("10.84.0.1:80")!) == "page")
            _ = try await wires.send(.datagram("10.84.0.255", 137))
            _ = try await wires.send(.datagram("224.0.0.251", 5353))
            _ = try await wires.send(.datagram("ff02::fb", 5353))
            #expect(try await wires.refused().byDevice.isEmpty)
            // The same as a refusal, while nothing is carried.
            try await wires.apply(.closed)
            for relay in Self.relays { #expect(try await wires.ask(relay) == "refused") }
            #expect(try await wires.refused().byDevice[Wires.device]?.map(\.kind) == [.connection])
            #expect(try await wires.box.run("nft", "--stateless", "--terse", "list", "ruleset") == before)
        }
    }

    @Test("To whom it was addressed is noted only while that is wanted, and forgotten with the wish")
    func notesPlaces() async throws {
        let places = Set(["198.51.100.11", "2001:db8:51::11", "192.168.1.1", "fd99::1"])
        try await Wires.with { wires in
            func probe() async throws {
                for (probe, _) in Self.probes { #expect(try await wires.send(probe) == "refused", "\(probe)") }
                _ = try await wires.send(.datagram("10.84.0.255", 137))
                _ = try await wires.send(.datagram("ff02::fb", 5353))
            }
            for openings in [Openings(carriesLAN: true), .closed] {
                var noting = openings
                noting.notesPlaces = true
                try await wires.apply(openings)
                try await probe()
                #expect(try await wires.refused().places.isEmpty)
                #expect(try await wires.refused().byDevice[Wires.device]?.isEmpty == false)

                try await wires.apply(noting)
                for family in ["ip", "ip6"] {
                    let frames = try await wires.framesSent(
                        "meta protocol \(family) meta l4proto != ipv6-icmp", during: probe)
                    #expect(frames == 0)
                }
                let noted = try await wires.refused().places
                #expect(noted.keys.map(\.self) == [Wires.device])
                #expect(Set(noted[Wires.device] ?? []) == places)
                // Another change leaves them.
                noting.blocked = [HardwareAddress("02:00:00:00:84:99")!]
                try await wires.apply(noting)
                #expect(try await wires.refused().places.isEmpty == false)

                try await wires.apply(openings)
                #expect(try await wires.refused().places.isEmpty)
            }
        }
    }

    @Test("Full notes end the noting and nothing else: what is refused is refused, what is carried is carried")
    func full() async throws {
        try await Wires.with { wires in
            try await wires.apply(Openings(carriesLAN: true))
            try await wires.fillNotes()
            for family in ["ip", "ip6"] {
                let leaving = "meta protocol \(family) meta l4proto != ipv6-icmp"
                let frames = try await wires.framesSent(leaving) {
                    for (probe, _) in Self.probes where probe.family == family {
                        let answer = try await wires.send(probe)
                        #expect(answer == "refused", "\(probe)")
                    }
                }
                #expect(frames == 0)
            }
            for relay in Self.relays { #expect(try await wires.ask(relay) == "tor") }
            #expect(try await wires.refused().byDevice[Wires.device] == nil)
            for set in ["refused_ports", "refused_protocols", "refused_private"] {
                #expect(try await wires.elements(of: set).count == 4096)
            }
        }
    }
}

extension Wires {
    fileprivate func refused() async throws -> RefusedPackets {
        RefusedPackets(
            ports: try await elements(of: "refused_ports"), protocols: try await elements(of: "refused_protocols"),
            privateNetworks: try await elements(of: "refused_private"),
            places: try await elements(of: "refused_to4") + elements(of: "refused_to6"))
    }

    fileprivate func forgetRefused() async throws {
        for set in ["refused_ports", "refused_protocols", "refused_private"] {
            try await box.run("nft", "flush", "set", "inet", "torbox", set)
        }
    }

    /// Makes up devices until the kernel takes no more.
    fileprivate func fillNotes() async throws {
        let devices = (0..<4096).map { number in
            "02:99:00:00:\(String(number >> 8, radix: 16)):\(String(number & 0xFF, radix: 16))"
        }
        let input = [("refused_ports", " . udp . 443"), ("refused_protocols", " . icmp"), ("refused_private", "")].map {
            set, rest in
            let elements = devices.map { $0 + rest }.joined(separator: ", ")
            return "flush set inet torbox \(set)\nadd element inet torbox \(set) { \(elements) }\n"
        }.joined()
        try await Command("nft", ["-f", "-"]).inside(namespace: box.namespace).run(input: input)
    }
}
