import NetAddress

/// An IPv6 packet (RFC 8200).
public struct IPv6Packet: Hashable, Sendable {
    public static let etherType: UInt16 = 0x86DD

    public var trafficClass: UInt8 = 0
    /// 20 bits.
    public var flowLabel: UInt32 = 0
    public var hopLimit: UInt8
    public var source: IPv6Address
    public var destination: IPv6Address
    public var extensions: [IPv6Extension]
    public var transport: Transport

    public init(
        from source: IPv6Address, to destination: IPv6Address, hopLimit: UInt8 = 64, extensions: [IPv6Extension] = [],
        _ transport: Transport
    ) {
        self.source = source
        self.destination = destination
        self.hopLimit = hopLimit
        self.extensions = extensions
        self.transport = transport
    }

    init(parsing bytes: [UInt8], trailer: inout [UInt8]) throws(FrameError) {
        var reader = ByteReader(bytes, naming: "IPv6")
        let first = try reader.integer(UInt32.self)
        guard first >> 28 == 6 else { throw FrameError(.malformed, "IPv6: version \(first >> 28)") }
        trafficClass = UInt8(truncatingIfNeeded: first >> 20)
        flowLabel = first & 0xF_FFFF
        let length = Int(try reader.integer(UInt16.self))
        var next = try reader.byte()
        hopLimit = try reader.byte()
        source = IPv6Address(bits: try reader.integer(UInt128.self))
        destination = IPv6Address(bits: try reader.integer(UInt128.self))
        var payload = ByteReader(try reader.take(length), naming: "IPv6 payload")
        trailer = reader.rest()
        extensions = []
        var isFragment = false
        while !isFragment, let kind = IPv6Extension.Kind(rawValue: next) {
            next = try payload.byte()
            let header = try IPv6Extension(kind, parsing: &payload)
            isFragment = header.splitsPayload
            extensions.append(header)
        }
        let rest = payload.rest()
        transport =
            isFragment
            ? .fragment(of: next, rest) : try Transport(parsing: rest, protocol: next, over: .ipv6)
    }

    var bytes: [UInt8] {
        var numbers = extensions.map(\.kind.rawValue) + [transport.number]
        var payload: [UInt8] = []
        var header: [UInt8] = []
        header.append(number: 6 << 28 | UInt32(trafficClass) << 20 | flowLabel & 0xF_FFFF)
        let first = numbers.removeFirst()
        for (item, next) in zip(extensions, numbers) {
            payload += [next] + item.content
        }
        payload += transport.bytes(from: .v6(source), to: .v6(destination))
        header.append(number: UInt16(truncatingIfNeeded: payload.count))
        return header + [first, hopLimit] + source.bytes + destination.bytes + payload
    }
}

extension IPv6Packet {
    /// A fragment that carries the given bytes of this packet's payload; `nil` where it has no such bytes.
    ///
    /// - Parameter range: it begins at a multiple of 8; fragments may overlap.
    public func fragment(_ range: Range<Int>, identification: UInt32) -> IPv6Packet? {
        let payload = transport.bytes(from: .v6(source), to: .v6(destination))
        guard range.lowerBound % 8 == 0, range.lowerBound >= 0, range.upperBound <= payload.count else { return nil }
        var fragment = self
        fragment.extensions.append(
            .fragment(
                offset: UInt16(range.lowerBound / 8), more: range.upperBound < payload.count,
                identification: identification))
        fragment.transport = .fragment(of: transport.number, Array(payload[range]))
        return fragment
    }
}
