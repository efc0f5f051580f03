import NetAddress

/// An IPv4 packet (RFC 791).
public struct IPv4Packet: Hashable, Sendable {
    public static let etherType: UInt16 = 0x0800

    public var serviceType: UInt8 = 0
    public var identification: UInt16 = 0
    /// The bit that RFC 791 keeps at zero.
    public var reservedFlag = false
    public var dontFragment = false
    public var moreFragments = false
    /// In units of 8 bytes, 0...8191.
    public var fragmentOffset: UInt16 = 0
    public var timeToLive: UInt8
    /// What the packet says; `nil` to have the right one written.
    public var checksum: UInt16?
    public var source: IPv4Address
    public var destination: IPv4Address
    /// At most 40 bytes, a multiple of 4.
    public var options: [UInt8] = []
    public var transport: Transport

    public init(from source: IPv4Address, to destination: IPv4Address, timeToLive: UInt8 = 64, _ transport: Transport) {
        self.source = source
        self.destination = destination
        self.timeToLive = timeToLive
        self.transport = transport
    }

    public var isFragment: Bool { moreFragments || fragmentOffset != 0 }

    /// Whether the header's checksum holds; the transport has its own.
    public var hasRightChecksum: Bool {
        guard let checksum else { return true }
        let length = transport.bytes(from: .v4(source), to: .v4(destination)).count
        return Checksum.internet(header(length: length, checksum: checksum)) == 0
    }

    init(parsing bytes: [UInt8], trailer: inout [UInt8]) throws(FrameError) {
        var reader = ByteReader(bytes, naming: "IPv4")
        let first = try reader.byte()
        let headerLength = Int(first & 15) * 4
        guard first >> 4 == 4, headerLength >= 20 else {
            throw FrameError(.malformed, "IPv4: version and header length read \(String(first, radix: 16))")
        }
        serviceType = try reader.byte()
        let totalLength = Int(try reader.integer(UInt16.self))
        guard totalLength >= headerLength else {
            throw FrameError(.malformed, "IPv4: total length \(totalLength) is below its header's \(headerLength)")
        }
        identification = try reader.integer(UInt16.self)
        let flags = try reader.integer(UInt16.self)
        reservedFlag = flags & 0x8000 != 0
        dontFragment = flags & 0x4000 != 0
        moreFragments = flags & 0x2000 != 0
        fragmentOffset = flags & 0x1FFF
        timeToLive = try reader.byte()
        let number = try reader.byte()
        checksum = try reader.integer(UInt16.self)
        source = IPv4Address(bits: try reader.integer(UInt32.self))
        destination = IPv4Address(bits: try reader.integer(UInt32.self))
        options = try reader.take(headerLength - 20)
        let payload = try reader.take(totalLength - headerLength)
        trailer = reader.rest()
        transport = .fragment(of: number, payload)
        if !isFragment { transport = try Transport(parsing: payload, protocol: number, over: .ipv4) }
    }

    var bytes: [UInt8] {
        let payload = transport.bytes(from: .v4(source), to: .v4(destination))
        var header = header(length: payload.count, checksum: checksum ?? 0)
        if checksum == nil { header.set(Checksum.internet(header), at: 10) }
        return header + payload
    }

    private func header(length payloadLength: Int, checksum: UInt16) -> [UInt8] {
        let headerLength = 20 + options.count
        var header: [UInt8] = [0x40 | UInt8(truncatingIfNeeded: headerLength / 4), serviceType]
        header.append(number: UInt16(truncatingIfNeeded: headerLength + payloadLength))
        header.append(number: identification)
        header.append(
            number: (reservedFlag ? 0x8000 : 0) | (dontFragment ? 0x4000 : 0) | (moreFragments ? 0x2000 : 0)
                | fragmentOffset & 0x1FFF)
        header += [timeToLive, transport.number]
        header.append(number: checksum)
        return header + source.bytes + destination.bytes + options
    }
}

extension IPv4Packet {
    /// A fragment that carries the given bytes of this packet's payload; `nil` where it has no such bytes.
    ///
    /// - Parameter range: it begins at a multiple of 8; fragments may overlap.
    public func fragment(_ range: Range<Int>) -> IPv4Packet? {
        let payload = transport.bytes(from: .v4(source), to: .v4(destination))
        guard range.lowerBound % 8 == 0, range.lowerBound >= 0, range.upperBound <= payload.count else { return nil }
        var fragment = self
        fragment.fragmentOffset = UInt16(range.lowerBound / 8)
        fragment.moreFragments = range.upperBound < payload.count
        fragment.transport = .fragment(of: transport.number, Array(payload[range]))
        return fragment
    }
}
