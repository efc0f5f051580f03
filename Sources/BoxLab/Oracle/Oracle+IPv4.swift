import NetAddress
import NetFrames

extension Oracle {
    func judge(_ packet: IPv4Packet, in frame: Frame) throws(Refusal) -> Verdict {
        try Refusal.unless(packet.hasRightChecksum, "IPv4 with a wrong header checksum")
        try Refusal.unless(packet.options.isEmpty, "IPv4 options")
        try Refusal.unless(!packet.reservedFlag, "IPv4 with its reserved flag")
        try checkNextHop(frame.destination, for: .v4(packet.destination))
        switch packet.transport {
        case .udp(let datagram) where row == .snowflake && datagram.sourcePort != 68:
            let kind = try judgeSnowflake(
                isTCP: false, from: .v4(packet.source),
                to: Endpoint(.v4(packet.destination), datagram.destinationPort), timeToLive: packet.timeToLive)
            return .allowed(kind, remarks: [])
        case .udp(let datagram):
            return .allowed(.dhcpv4, remarks: try judge(datagram, in: packet))
        case .tcp(let segment):
            return .allowed(
                try judge(
                    segment, from: .v4(packet.source), to: .v4(packet.destination), timeToLive: packet.timeToLive),
                remarks: [])
        case .fragment:
            throw Refusal(reason: "an IPv4 fragment")
        case .icmp, .icmpv6, .other:
            throw Refusal(reason: "neither TCP nor DHCP")
        }
    }

    /// A DHCP client's message (RFC 2131) about the uplink itself; returns remarks on what it tells.
    private func judge(_ datagram: UDPDatagram, in packet: IPv4Packet) throws(Refusal) -> [String] {
        try Refusal.unless(
            datagram.sourcePort == 68 && datagram.destinationPort == 67,
            "UDP \(datagram.sourcePort) > \(datagram.destinationPort), not a DHCP client's")
        let isBroadcast = packet.destination.bits == 0xFFFF_FFFF
        if packet.source.bits == 0 {
            try Refusal.unless(isBroadcast, "DHCP from no address to \(packet.destination)")
        } else {
            try Refusal.unless(uplink.owns(.v4(packet.source)), "DHCP from \(packet.source), which is not the uplink's")
            try Refusal.unless(
                isBroadcast || uplink.isNeighbour(.v4(packet.destination)),
                "DHCP to \(packet.destination), off the uplink")
        }
        let message = datagram.payload
        // Fixed fields, 236 bytes, then the cookie.
        try Refusal.unless(message.count >= 240, "DHCP of \(message.count) bytes")
        try Refusal.unless(message[0...3] == [1, 1, 6, 0], "DHCP that is no Ethernet client's own request")
        let ownAddress = message[12...15].reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
        try Refusal.unless(
            ownAddress == 0 || uplink.owns(.v4(IPv4Address(bits: ownAddress))), "DHCP about another's address")
        try Refusal.unless(message[16...27].allSatisfy { $0 == 0 }, "DHCP with a server's or a relay's address")
        try Refusal.unless(
            Array(message[28...33]) == uplink.hardwareAddress.bytes, "DHCP for another hardware address")
        try Refusal.unless(message[34...235].allSatisfy { $0 == 0 }, "DHCP with text in its fixed fields")
        try Refusal.unless(message[236...239] == [0x63, 0x82, 0x53, 0x63], "DHCP without its cookie")
        return try remarks(onOptions: message[240...])
    }

    /// Walks the options (RFC 2132), which must end as they should.
    private func remarks(onOptions options: ArraySlice<UInt8>) throws(Refusal) -> [String] {
        var left = options
        var remarks: [String] = []
        while let code = left.popFirst() {
            if code == 0 { continue }
            if code == 255 {
                try Refusal.unless(left.allSatisfy { $0 == 0 }, "DHCP with bytes after its end")
                return remarks
            }
            guard let length = left.popFirst(), left.count >= Int(length) else { break }
            let value = left.prefix(Int(length))
            left = left.dropFirst(Int(length))
            switch code {
            case 12: remarks.append("DHCP tells the host name \"\(String(decoding: value, as: UTF8.self))\"")
            case 60: remarks.append("DHCP tells the program \"\(String(decoding: value, as: UTF8.self))\"")
            case 77: remarks.append("DHCP tells a user class")
            case 81: remarks.append("DHCP tells a full host name")
            default: break
            }
        }
        throw Refusal(reason: "DHCP whose options do not end")
    }
}
