import BoxLab
import NetAddress
import NetFrames

/// One change that turns an allowed frame into one that must not leave.
struct Mutation: Sendable {
    var name: String
    var apply: @Sendable (inout Frame) -> Void

    init(_ name: String, _ apply: @escaping @Sendable (inout Frame) -> Void) {
        self.name = name
        self.apply = apply
    }

    private static let client = HardwareAddress("02:00:00:00:84:11")!
    private static let client4 = IPv4Address("10.84.0.11")!
    private static let client6 = IPv6Address("fd00:84::11")!

    static let ofAll = [
        Mutation("a client's hardware address") { $0.source = client },
        Mutation("a VLAN tag") { $0.tags = [VLANTag(control: 7)] },
        Mutation("a hundred bytes after its end") { $0.trailer += [UInt8](repeating: 0, count: 100) },
        Mutation("a byte that hides in the padding") { $0.trailer += [1] },
        Mutation("an unknown type") { $0.content = .other(type: 0x88B5, [1, 2, 3]) },
    ]

    static let ofARP = [
        Mutation("a client's address") { $0.arp.sender = client4 },
        Mutation("a client's hardware address within") { $0.arp.senderHardware = client },
        Mutation("a question about the LAN") { $0.arp.target = client4 },
        Mutation("a client's hardware address as target") { $0.arp.targetHardware = client },
        Mutation("reverse ARP") { $0.arp.operation = 3 },
    ]

    static let ofIPv4 = [
        Mutation("a client's address") { $0.ipv4.source = client4 },
        Mutation("another destination") { $0.ipv4.destination = IPv4Address("203.0.113.12")! },
        Mutation("an option") { $0.ipv4.options = [7, 3, 4, 0] },
        Mutation("the reserved flag") { $0.ipv4.reservedFlag = true },
        Mutation("a first fragment") { $0.ipv4 = $0.ipv4.fragment(0..<8)! },
        Mutation("a later fragment") { $0.ipv4.fragmentOffset = 1 },
        Mutation("more fragments to come") { $0.ipv4.moreFragments = true },
        Mutation("a wrong header checksum") { $0.ipv4.checksum = 0xBAD },
        Mutation("another protocol") { $0.ipv4.transport = .other(253, [1, 2, 3]) },
        Mutation("ICMP") { $0.ipv4.transport = .icmp(ICMPMessage(type: 8, [0, 1, 0, 1])) },
        Mutation("another port") { $0.ipv4.transport.shiftDestinationPort() },
        Mutation("a group's hardware address") { $0.destination = HardwareAddress("01:00:5e:00:00:01")! },
    ]

    static let ofDHCP = [
        Mutation("a server's port") { $0.ipv4.udp.sourcePort = 67 },
        Mutation("no more than its fixed fields") { $0.ipv4.udp.payload.removeSubrange(239...) },
        Mutation("an answer") { $0.ipv4.udp.payload[0] = 2 },
        Mutation("another link") { $0.ipv4.udp.payload[1] = 6 },
        Mutation("a longer hardware address") { $0.ipv4.udp.payload[2] = 16 },
        Mutation("a relay's hop") { $0.ipv4.udp.payload[3] = 1 },
        Mutation("another's address") { $0.ipv4.udp.payload[12] = 10 },
        Mutation("a server's address") { $0.ipv4.udp.payload[20] = 10 },
        Mutation("a relay's address") { $0.ipv4.udp.payload[24] = 10 },
        Mutation("a client's hardware address within") { $0.ipv4.udp.payload[33] = 0x11 },
        Mutation("text after the hardware address") { $0.ipv4.udp.payload[40] = 1 },
        Mutation("text in the file name") { $0.ipv4.udp.payload[130] = 1 },
        Mutation("another cookie") { $0.ipv4.udp.payload[236] = 1 },
        Mutation("options without an end") { $0.ipv4.udp.payload[243] = 0 },
        Mutation("bytes after the options") { $0.ipv4.udp.payload.append(1) },
    ]

    static let ofIPv6 = [
        Mutation("a client's address") { $0.ipv6.source = client6 },
        Mutation("another destination") { $0.send(to: IPv6Address("2001:db8:80::12")!) },
        Mutation("another group") { $0.send(to: IPv6Address("ff02::fb")!) },
        Mutation("a hop-by-hop header") { $0.ipv6.extensions = [.options(.hopByHop)] },
        Mutation("a routing header") { $0.ipv6.extensions = [.routing(type: 4, segmentsLeft: 0)] },
        Mutation("a destination header") { $0.ipv6.extensions = [.options(.destination)] },
        Mutation("a fragment header") {
            $0.ipv6.extensions = [.fragment(offset: 0, more: false, identification: 1)]
        },
        Mutation("a fragment") { $0.ipv6 = $0.ipv6.fragment(0..<8, identification: 1)! },
        Mutation("another protocol") { $0.ipv6.transport = .other(253, [1, 2, 3]) },
        Mutation("an echo") { $0.ipv6.transport = .icmpv6(ICMPMessage(type: 128, [0, 1, 0, 1])) },
        Mutation("a multicast listener's report") {
            $0.ipv6.transport = .icmpv6(ICMPMessage(type: 143, [0, 0, 0, 0]))
        },
        Mutation("another port or type") { $0.ipv6.transport.shiftDestinationPort() },
        Mutation("a group's hardware address") { $0.destination = HardwareAddress("33:33:00:00:00:fb")! },
    ]

    static let ofDHCPv6 = [
        Mutation("a server's port") { $0.ipv6.udp.sourcePort = 547 },
        Mutation("an address other than the link-local") { $0.ipv6.source = IPv6Address("2001:db8:1::2")! },
        Mutation("half a message") { $0.ipv6.udp.payload.removeSubrange(3...) },
        Mutation("a server's answer") { $0.ipv6.udp.payload[0] = 2 },
        Mutation("a relay's message") { $0.ipv6.udp.payload[0] = 12 },
        Mutation("options without an end") { $0.ipv6.udp.payload[7] = 3 },
        Mutation("a byte after the options") { $0.ipv6.udp.payload.append(0) },
    ]

    /// - Parameter options: where the option begins that tells the hardware address, if there is one.
    static func ofDiscovery(options: Int?) -> [Mutation] {
        let common = [
            Mutation("a hop limit that a router lowered") { $0.ipv6.hopLimit = 254 },
            Mutation("another code") { $0.ipv6.icmp.code = 1 },
            Mutation("a router's advertisement") { $0.ipv6.icmp.type = 134 },
            Mutation("a redirect") { $0.ipv6.icmp.type = 137 },
            Mutation("a bit that means nothing") { $0.ipv6.icmp.body[0] |= 1 },
            Mutation("a byte that means nothing") { $0.ipv6.icmp.body[3] = 1 },
            Mutation("no target") { $0.ipv6.icmp.body.removeSubrange(3...) },
            Mutation("an unknown option") { $0.ipv6.icmp.body += [200, 1, 0, 0, 0, 0, 0, 0] },
            Mutation("an option of no length") { $0.ipv6.icmp.body += [14, 0, 0, 0, 0, 0, 0, 0] },
            Mutation("half an option") { $0.ipv6.icmp.body += [14, 1, 0] },
        ]
        guard let options else { return common }
        return common + [
            Mutation("a client's hardware address within") { $0.ipv6.icmp.body[options + 7] = 0x11 }
        ]
    }

    static let target = Mutation("an address of the LAN as target") {
        $0.ipv6.icmp.body.replaceSubrange(4..<20, with: client6.bytes)
    }

    /// Asks where another address should be asked for.
    static let question = Mutation("a question about the LAN") {
        $0.ipv6.icmp.body.replaceSubrange(4..<20, with: client6.bytes)
        $0.send(to: client6.solicitedNode)
    }

    static let ofDoor4 = [
        Mutation("forwarded") { $0.ipv4.timeToLive = 63 },
        Mutation("to the same port over UDP") {
            $0.ipv4.transport = .udp(UDPDatagram(from: 40_000, to: 9001, [1, 2, 3]))
        },
        Mutation("from nobody") { $0.ipv4.source = IPv4Address(bits: 0) },
        Mutation("from another host of the uplink") { $0.ipv4.source = IPv4Address("192.168.1.3")! },
    ]

    static let ofDoor6 = [
        Mutation("forwarded") { $0.ipv6.hopLimit = 63 },
        Mutation("to the same port over UDP") {
            $0.ipv6.transport = .udp(UDPDatagram(from: 40_000, to: 9001, [1, 2, 3]))
        },
        Mutation("from nobody") { $0.ipv6.source = IPv6Address(bits: 0) },
        Mutation("from another host of the uplink") { $0.ipv6.source = IPv6Address("2001:db8:1::3")! },
    ]
}

extension Frame {
    /// Sends the packet elsewhere, with a hardware address that fits.
    fileprivate mutating func send(to address: IPv6Address) {
        ipv6.destination = address
        let isMulticast = address.bits >> 120 == 0xFF
        destination = isMulticast ? HardwareAddress(multicast: .v6(address)) : HardwareAddress("02:00:00:00:01:01")!
    }

    var arp: ARPPacket {
        get {
            guard case .arp(let packet) = content else { preconditionFailure("the sample is no ARP") }
            return packet
        }
        set { content = .arp(newValue) }
    }

    var ipv4: IPv4Packet {
        get {
            guard case .ipv4(let packet) = content else { preconditionFailure("the sample is no IPv4") }
            return packet
        }
        set { content = .ipv4(newValue) }
    }

    var ipv6: IPv6Packet {
        get {
            guard case .ipv6(let packet) = content else { preconditionFailure("the sample is no IPv6") }
            return packet
        }
        set { content = .ipv6(newValue) }
    }
}

extension Transport {
    /// Takes the next port, or the next type of ICMP.
    fileprivate mutating func shiftDestinationPort() {
        switch self {
        case .udp(var datagram):
            datagram.destinationPort += 1
            self = .udp(datagram)
        case .tcp(var segment):
            segment.destinationPort += 1
            self = .tcp(segment)
        case .icmpv6(var message):
            message.type += 10
            self = .icmpv6(message)
        case .icmp, .fragment, .other: preconditionFailure("the sample has neither port nor type")
        }
    }

    fileprivate var datagram: UDPDatagram {
        guard case .udp(let datagram) = self else { preconditionFailure("the sample is no UDP") }
        return datagram
    }

    fileprivate var message: ICMPMessage {
        guard case .icmpv6(let message) = self else { preconditionFailure("the sample is no ICMPv6") }
        return message
    }
}

extension IPv4Packet {
    fileprivate var udp: UDPDatagram {
        get { transport.datagram }
        set { transport = .udp(newValue) }
    }
}

extension IPv6Packet {
    fileprivate var udp: UDPDatagram {
        get { transport.datagram }
        set { transport = .udp(newValue) }
    }

    fileprivate var icmp: ICMPMessage {
        get { transport.message }
        set { transport = .icmpv6(newValue) }
    }
}
