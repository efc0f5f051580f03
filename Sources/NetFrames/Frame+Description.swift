import NetAddress

extension Frame: CustomStringConvertible {
    /// One line for people, such as `IPv4 10.84.0.11 > 203.0.113.80, UDP 40000 > 443, 1200 bytes`.
    ///
    /// It names no hardware address, since those identify a person's device.
    public var description: String {
        let tagged = tags.isEmpty ? "" : "VLAN " + tags.map { "\($0.control & 0xFFF)" }.joined(separator: ".") + ", "
        let trailing = trailer.isEmpty ? "" : ", \(trailer.count) bytes after its end"
        return tagged + content.description + trailing
    }
}

extension Frame.Content: CustomStringConvertible {
    public var description: String {
        switch self {
        case .arp(let packet):
            switch packet.operation {
            case 1: "ARP who has \(packet.target), tell \(packet.sender)"
            case 2: "ARP \(packet.sender) is here, to \(packet.target)"
            default: "ARP operation \(packet.operation), \(packet.sender) > \(packet.target)"
            }
        case .ipv4(let packet):
            "IPv4 \(packet.source) > \(packet.destination), \(packet.transport)"
                + (packet.options.isEmpty ? "" : ", options \(packet.options)")
                + (packet.isFragment ? " at \(packet.fragmentOffset * 8)" : "")
        case .ipv6(let packet):
            "IPv6 \(packet.source) > \(packet.destination), \(packet.transport)"
                + (packet.extensions.isEmpty ? "" : ", headers \(packet.extensions.map(\.kind.rawValue))")
        case .other(let type, let payload):
            type < 1536
                ? "802.3 frame, \(payload.count) bytes" : "type 0x\(String(type, radix: 16)), \(payload.count) bytes"
        }
    }
}

extension Transport: CustomStringConvertible {
    public var description: String {
        switch self {
        case .udp(let datagram):
            "UDP \(datagram.sourcePort) > \(datagram.destinationPort), \(datagram.payload.count) bytes"
        case .tcp(let segment):
            "TCP \(segment.sourcePort) > \(segment.destinationPort) \(segment.flags), \(segment.payload.count) bytes"
        case .icmp(let message): "ICMP type \(message.type) code \(message.code)"
        case .icmpv6(let message): "ICMPv6 type \(message.type) code \(message.code)"
        case .fragment(let number, let payload): "fragment of protocol \(number), \(payload.count) bytes"
        case .other(let number, let payload): "protocol \(number), \(payload.count) bytes"
        }
    }
}
