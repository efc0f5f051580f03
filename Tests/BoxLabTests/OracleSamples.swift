import BoxLab
import NetAddress
import NetFrames

/// A frame that the packet table allows, with the changes that make it one that must not leave.
struct Sample: Sendable, CustomStringConvertible {
    var name: String
    var kind: Verdict.Kind
    var frame: Frame
    var mutations: [Mutation]

    var description: String { name }

    private static let own = HardwareAddress("02:00:00:00:01:02")!
    private static let router = HardwareAddress("02:00:00:00:01:01")!
    private static let own4 = IPv4Address("192.168.1.2")!
    private static let router4 = IPv4Address("192.168.1.1")!
    private static let linkLocal = IPv6Address("fe80::2")!
    private static let own6 = IPv6Address("2001:db8:1::2")!
    private static let router6 = IPv6Address("2001:db8:1::1")!
    private static let nobody4 = IPv4Address(bits: 0)
    private static let nobody6 = IPv6Address(bits: 0)
    private static let tellsOwn: [UInt8] = [1, 1] + own.bytes

    /// What may leave in every state.
    static let always: [Sample] = [
        Sample(
            name: "an ARP question", kind: .arp,
            frame: Frame(from: own, to: .broadcast, .arp(ARPPacket(sender: own4, at: own, target: router4))),
            mutations: Mutation.ofARP),
        Sample(
            name: "an ARP question before an address is taken", kind: .arp,
            frame: Frame(from: own, to: .broadcast, .arp(ARPPacket(sender: nobody4, at: own, target: own4))),
            mutations: Mutation.ofARP),
        Sample(
            name: "an ARP answer, padded", kind: .arp,
            frame: Frame(
                from: own, to: router,
                .arp(ARPPacket(operation: 2, sender: own4, at: own, target: router4, at: router)),
                trailer: [UInt8](repeating: 0, count: 18)),
            mutations: Mutation.ofARP + [
                Mutation("nobody's name") { $0.arp.sender = nobody4 }, Mutation("padding") { $0.trailer[17] = 1 },
            ]),
        Sample(
            name: "a DHCP discover", kind: .dhcpv4, frame: discover(options: [53, 1, 1, 255, 0, 0]),
            mutations: Mutation.ofIPv4 + Mutation.ofDHCP),
        Sample(
            name: "a DHCP renewal", kind: .dhcpv4,
            frame: Frame(
                from: own, to: router,
                .ipv4(
                    IPv4Packet(
                        from: own4, to: router4,
                        .udp(UDPDatagram(from: 68, to: 67, dhcp(address: own4, options: [53, 1, 3, 255])))))),
            mutations: Mutation.ofIPv4 + Mutation.ofDHCP + [
                Mutation("to a server off the uplink") { $0.ipv4.destination = IPv4Address("203.0.113.80")! },
                Mutation("from nobody") { $0.ipv4.source = nobody4 },
            ]),
        Sample(
            name: "a DHCPv6 solicit", kind: .dhcpv6,
            frame: Frame(
                from: own, to: HardwareAddress("33:33:00:01:00:02")!,
                .ipv6(
                    IPv6Packet(
                        from: linkLocal, to: IPv6Address("ff02::1:2")!, hopLimit: 1,
                        .udp(UDPDatagram(from: 546, to: 547, [1, 1, 2, 3, 0, 8, 0, 2, 0, 0]))))),
            mutations: Mutation.ofIPv6 + Mutation.ofDHCPv6),
        Sample(
            name: "a router solicitation", kind: .neighbourDiscovery,
            frame: discovery(133, from: linkLocal, to: IPv6Address("ff02::2")!, [0, 0, 0, 0] + tellsOwn),
            mutations: Mutation.ofIPv6 + Mutation.ofDiscovery(options: 4)),
        Sample(
            name: "a router solicitation of nobody", kind: .neighbourDiscovery,
            frame: discovery(133, from: nobody6, to: IPv6Address("ff02::2")!, [0, 0, 0, 0]),
            mutations: Mutation.ofIPv6 + Mutation.ofDiscovery(options: nil)),
        Sample(
            name: "a neighbour solicitation", kind: .neighbourDiscovery,
            frame: discovery(
                135, from: own6, to: IPv6Address("ff02::1:ff00:1")!, [0, 0, 0, 0] + router6.bytes + tellsOwn),
            mutations: Mutation.ofIPv6 + Mutation.ofDiscovery(options: 20) + [.target, .question]),
        Sample(
            name: "a neighbour solicitation to one host", kind: .neighbourDiscovery,
            frame: discovery(135, from: own6, to: router6, [0, 0, 0, 0] + router6.bytes + tellsOwn),
            mutations: Mutation.ofIPv6 + Mutation.ofDiscovery(options: 20) + [.target, .question]),
        Sample(
            name: "a neighbour solicitation before an address is taken", kind: .neighbourDiscovery,
            frame: discovery(
                135, from: nobody6, to: IPv6Address("ff02::1:ff00:2")!,
                [0, 0, 0, 0] + own6.bytes + [14, 1, 1, 2, 3, 4, 5, 6]),
            mutations: Mutation.ofIPv6 + Mutation.ofDiscovery(options: nil) + [.target, .question]),
        Sample(
            name: "a neighbour advertisement", kind: .neighbourDiscovery,
            frame: discovery(136, from: own6, to: router6, [0x60, 0, 0, 0] + own6.bytes + [2, 1] + own.bytes),
            mutations: Mutation.ofIPv6 + Mutation.ofDiscovery(options: 20) + [
                Mutation.target,
                Mutation("nobody's name") { $0.ipv6.source = nobody6 },
            ]),
    ]

    /// What may leave where there are doors.
    static let doors: [Sample] = ([.syn, .ack, .rst, [.fin, .ack]] as [TCPSegment.Flags]).flatMap { flags in
        let segment = TCPSegment(from: 40_000, to: 9001, flags, sequence: 1, payload: flags == .ack ? [1, 2, 3] : [])
        let packet4 = IPv4Packet(from: own4, to: IPv4Address("203.0.113.11")!, .tcp(segment))
        let packet6 = IPv6Packet(from: own6, to: IPv6Address("2001:db8:80::11")!, .tcp(segment))
        return [
            Sample(
                name: "\(flags) to a door over IPv4", kind: .door, frame: Frame(from: own, to: router, .ipv4(packet4)),
                mutations: Mutation.ofIPv4 + Mutation.ofDoor4),
            Sample(
                name: "\(flags) to a door over IPv6", kind: .door, frame: Frame(from: own, to: router, .ipv6(packet6)),
                mutations: Mutation.ofIPv6 + Mutation.ofDoor6),
        ]
    }

    static func discover(options: [UInt8]) -> Frame {
        let datagram = UDPDatagram(from: 68, to: 67, dhcp(address: nobody4, options: options))
        let packet = IPv4Packet(from: nobody4, to: IPv4Address("255.255.255.255")!, .udp(datagram))
        return Frame(from: own, to: .broadcast, .ipv4(packet))
    }

    private static func dhcp(address: IPv4Address, options: [UInt8]) -> [UInt8] {
        let head: [UInt8] = [1, 1, 6, 0, 1, 2, 3, 4, 0, 1, 0x80, 0] + address.bytes
        let fixed = head + [UInt8](repeating: 0, count: 12) + own.bytes + [UInt8](repeating: 0, count: 202)
        return fixed + [0x63, 0x82, 0x53, 0x63] + options
    }

    private static func discovery(
        _ type: UInt8, from source: IPv6Address, to destination: IPv6Address, _ body: [UInt8]
    ) -> Frame {
        let packet = IPv6Packet(from: source, to: destination, hopLimit: 255, .icmpv6(ICMPMessage(type: type, body)))
        let isMulticast = destination.bits >> 120 == 0xFF
        return Frame(from: own, to: isMulticast ? HardwareAddress(multicast: .v6(destination)) : router, .ipv6(packet))
    }
}
