import NetAddress

/// What an IP packet carries.
public enum Transport: Hashable, Sendable {
    case udp(UDPDatagram)
    case tcp(TCPSegment)
    case icmp(ICMPMessage)
    case icmpv6(ICMPMessage)
    /// A part of a datagram, whose meaning only shows once all parts are together.
    case fragment(of: UInt8, [UInt8])
    /// Any other protocol number with its bytes.
    case other(UInt8, [UInt8])

    enum Layer {
        case ipv4
        case ipv6
    }

    init(parsing bytes: [UInt8], protocol number: UInt8, over layer: Layer) throws(FrameError) {
        switch (number, layer) {
        case (6, _): self = .tcp(try TCPSegment(parsing: bytes))
        case (17, _): self = .udp(try UDPDatagram(parsing: bytes))
        case (1, .ipv4): self = .icmp(try ICMPMessage(parsing: bytes))
        case (58, .ipv6): self = .icmpv6(try ICMPMessage(parsing: bytes))
        default: self = .other(number, bytes)
        }
    }

    /// The protocol number as IANA assigns it.
    public var number: UInt8 {
        switch self {
        case .icmp: 1
        case .tcp: 6
        case .udp: 17
        case .icmpv6: 58
        case .fragment(let number, _), .other(let number, _): number
        }
    }

    func bytes(from source: IPAddress, to destination: IPAddress) -> [UInt8] {
        let (bytes, checksum, place): ([UInt8], UInt16?, Int)
        switch self {
        case .fragment(_, let payload), .other(_, let payload): return payload
        case .udp(let datagram): (bytes, checksum, place) = (datagram.bytes, datagram.checksum, 6)
        case .tcp(let segment): (bytes, checksum, place) = (segment.bytes, segment.checksum, 16)
        case .icmp(let message), .icmpv6(let message): (bytes, checksum, place) = (message.bytes, message.checksum, 2)
        }
        guard checksum == nil else { return bytes }
        var filled = bytes
        filled.set(rightChecksum(of: bytes, from: source, to: destination), at: place)
        return filled
    }

    /// - Parameter bytes: with zeros in the checksum's place.
    private func rightChecksum(of bytes: [UInt8], from source: IPAddress, to destination: IPAddress) -> UInt16 {
        if case .icmp = self { return Checksum.internet(bytes) }
        let sum = Checksum.internet(bytes, protocol: number, from: source, to: destination)
        // To UDP zero means that there is none (RFC 768).
        return sum == 0 && number == 17 ? 0xFFFF : sum
    }
}
