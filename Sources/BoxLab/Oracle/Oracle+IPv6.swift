import NetAddress
import NetFrames

extension Oracle {
    private static let unspecified = IPv6Address(bits: 0)
    private static let allNodes = IPv6Address("ff02::1")!
    private static let allRouters = IPv6Address("ff02::2")!
    private static let dhcpServers = IPv6Address("ff02::1:2")!

    func judge(_ packet: IPv6Packet, in frame: Frame) throws(Refusal) -> Verdict {
        try Refusal.unless(packet.extensions.isEmpty, "IPv6 extension headers")
        try checkNextHop(frame.destination, for: .v6(packet.destination))
        switch packet.transport {
        case .udp(let datagram) where row == .snowflake && datagram.sourcePort != 546:
            let kind = try judgeSnowflake(
                isTCP: false, from: .v6(packet.source),
                to: Endpoint(.v6(packet.destination), datagram.destinationPort), timeToLive: packet.hopLimit)
            return .allowed(kind, remarks: [])
        case .udp(let datagram):
            return .allowed(.dhcpv6, remarks: try judge(datagram, in: packet))
        case .tcp(let segment):
            return .allowed(
                try judge(
                    segment, from: .v6(packet.source), to: .v6(packet.destination), timeToLive: packet.hopLimit),
                remarks: [])
        case .icmpv6(let message):
            return .allowed(.neighbourDiscovery, remarks: try judge(message, in: packet))
        case .icmp, .fragment, .other:
            throw Refusal(reason: "neither TCP, DHCPv6 nor neighbour discovery")
        }
    }

    /// Neighbour discovery (RFC 4861): the three messages of a host, about itself and the uplink's own networks.
    private func judge(_ message: ICMPMessage, in packet: IPv6Packet) throws(Refusal) -> [String] {
        try Refusal.unless(
            (133...136).contains(message.type) && message.type != 134 && message.code == 0,
            "ICMPv6 type \(message.type) code \(message.code), no host's neighbour discovery")
        try Refusal.unless(packet.hopLimit == 255, "neighbour discovery with hop limit \(packet.hopLimit)")
        let isInNobodysName = packet.source == Self.unspecified && message.type != 136
        try Refusal.unless(
            isInNobodysName || uplink.owns(.v6(packet.source)),
            "neighbour discovery from \(packet.source), which is not the uplink's")
        if message.type == 133 {
            try Refusal.unless(packet.destination == Self.allRouters, "router solicitation to \(packet.destination)")
            try Refusal.unless(message.body.prefix(4) == [0, 0, 0, 0], "router solicitation that says more")
            try checkOptions(message.body.dropFirst(4))
            return []
        }
        try Refusal.unless(message.body.count >= 20, "neighbour discovery without its target")
        try Refusal.unless(message.body[1...3] == [0, 0, 0], "neighbour discovery that says more")
        let target = IPv6Address(bits: message.body[4..<20].reduce(0) { $0 << 8 | UInt128($1) })
        try checkOptions(message.body.dropFirst(20))
        if message.type == 136 {
            try Refusal.unless(uplink.owns(.v6(target)), "neighbour advertisement for \(target), not the uplink's")
            try Refusal.unless(message.body[0] & 0x1F == 0, "neighbour advertisement that says more")
            try Refusal.unless(
                packet.destination == Self.allNodes || uplink.isNeighbour(.v6(packet.destination)),
                "neighbour advertisement to \(packet.destination), off the uplink")
            return message.body[0] & 0x80 == 0 ? [] : ["neighbour advertisements tell that the box is a router"]
        }
        try Refusal.unless(message.body[0] == 0, "neighbour solicitation that says more")
        try Refusal.unless(
            isInNobodysName ? uplink.owns(.v6(target)) : uplink.isNeighbour(.v6(target)),
            "neighbour solicitation for \(target), which is not on the uplink")
        try Refusal.unless(
            packet.destination == target || packet.destination == target.solicitedNode,
            "neighbour solicitation for \(target) sent to \(packet.destination)")
        return []
    }

    /// Options may tell the uplink's own hardware address, and a nonce (RFC 7527).
    private func checkOptions(_ options: ArraySlice<UInt8>) throws(Refusal) {
        var left = options
        while let type = left.first {
            guard left.count >= 8, left.dropFirst().first == 1 else {
                throw Refusal(reason: "neighbour discovery with an option of a wrong length")
            }
            let value = Array(left.dropFirst(2).prefix(6))
            left = left.dropFirst(8)
            switch type {
            case 1, 2:
                try Refusal.unless(
                    value == uplink.hardwareAddress.bytes, "neighbour discovery that tells another hardware address")
            case 14: break
            default: throw Refusal(reason: "neighbour discovery with option \(type)")
            }
        }
    }

    /// A DHCPv6 client's message (RFC 9915); returns remarks on what it tells.
    private func judge(_ datagram: UDPDatagram, in packet: IPv6Packet) throws(Refusal) -> [String] {
        try Refusal.unless(
            datagram.sourcePort == 546 && datagram.destinationPort == 547,
            "UDP \(datagram.sourcePort) > \(datagram.destinationPort), not a DHCPv6 client's")
        try Refusal.unless(packet.destination == Self.dhcpServers, "DHCPv6 to \(packet.destination)")
        try Refusal.unless(
            uplink.owns(.v6(packet.source)) && packet.source.isLinkLocal,
            "DHCPv6 from \(packet.source), which is not the uplink's link-local address")
        var left = datagram.payload[...]
        // Solicit, request, confirm, renew, rebind, release, decline, information-request; a relay's are others.
        try Refusal.unless(
            left.count >= 4 && [1, 3, 4, 5, 6, 8, 9, 11].contains(left[0]), "DHCPv6 that is no client's message")
        left = left.dropFirst(4)
        var remarks: [String] = []
        while !left.isEmpty {
            let header = left.prefix(4).map(Int.init)
            guard header.count == 4, left.count >= 4 + header[2] << 8 + header[3] else {
                throw Refusal(reason: "DHCPv6 whose options do not end")
            }
            switch header[0] << 8 + header[1] {
            case 15: remarks.append("DHCPv6 tells a user class")
            case 16: remarks.append("DHCPv6 tells the program")
            case 39: remarks.append("DHCPv6 tells a full host name")
            default: break
            }
            left = left.dropFirst(4 + header[2] << 8 + header[3])
        }
        return remarks
    }
}

extension IPv6Address {
    var isLinkLocal: Bool { bits >> 118 == 0x3FA }

    /// The multicast address at which a holder of this address is asked for (RFC 4291 section 2.7.1).
    public var solicitedNode: IPv6Address {
        IPv6Address(bits: IPv6Address("ff02::1:ff00:0")!.bits | bits & 0xFF_FFFF)
    }
}
