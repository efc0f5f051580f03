/// A TCP segment (RFC 9293).
public struct TCPSegment: Hashable, Sendable {
    public struct Flags: OptionSet, Hashable, Sendable {
        /// The low byte of the flags as they stand on the wire.
        public let rawValue: UInt8

        public init(rawValue: UInt8) { self.rawValue = rawValue }

        public static let fin = Flags(rawValue: 1)
        public static let syn = Flags(rawValue: 2)
        public static let rst = Flags(rawValue: 4)
        public static let psh = Flags(rawValue: 8)
        public static let ack = Flags(rawValue: 16)
        public static let urg = Flags(rawValue: 32)
    }

    public var sourcePort: UInt16
    public var destinationPort: UInt16
    public var sequence: UInt32
    public var acknowledgment: UInt32
    /// The four bits between the data offset and the flags.
    public var reserved: UInt8 = 0
    public var flags: Flags
    public var window: UInt16 = 64240
    /// What the segment says; `nil` to have the right one written.
    public var checksum: UInt16?
    public var urgent: UInt16 = 0
    /// At most 40 bytes, a multiple of 4.
    public var options: [UInt8] = []
    public var payload: [UInt8]

    public init(
        from sourcePort: UInt16, to destinationPort: UInt16, _ flags: Flags, sequence: UInt32,
        acknowledgment: UInt32 = 0, payload: [UInt8] = []
    ) {
        self.sourcePort = sourcePort
        self.destinationPort = destinationPort
        self.flags = flags
        self.sequence = sequence
        self.acknowledgment = acknowledgment
        self.payload = payload
    }

    init(parsing bytes: [UInt8]) throws(FrameError) {
        var reader = ByteReader(bytes, naming: "TCP")
        sourcePort = try reader.integer(UInt16.self)
        destinationPort = try reader.integer(UInt16.self)
        sequence = try reader.integer(UInt32.self)
        acknowledgment = try reader.integer(UInt32.self)
        let offset = try reader.byte()
        guard offset >> 4 >= 5 else { throw FrameError(.malformed, "TCP: data offset \(offset >> 4)") }
        reserved = offset & 15
        flags = Flags(rawValue: try reader.byte())
        window = try reader.integer(UInt16.self)
        checksum = try reader.integer(UInt16.self)
        urgent = try reader.integer(UInt16.self)
        options = try reader.take(Int(offset >> 4) * 4 - 20)
        payload = reader.rest()
    }

    var bytes: [UInt8] {
        var bytes: [UInt8] = []
        bytes.append(number: sourcePort)
        bytes.append(number: destinationPort)
        bytes.append(number: sequence)
        bytes.append(number: acknowledgment)
        bytes += [UInt8(truncatingIfNeeded: (20 + options.count) / 4) << 4 | reserved & 15, flags.rawValue]
        bytes.append(number: window)
        bytes.append(number: checksum ?? 0)
        bytes.append(number: urgent)
        return bytes + options + payload
    }
}

extension TCPSegment.Flags: CustomStringConvertible {
    public var description: String {
        let names = ["FIN", "SYN", "RST", "PSH", "ACK", "URG", "ECE", "CWR"]
        let set = names.indices.filter { rawValue >> $0 & 1 == 1 }.map { names[$0] }
        return set.isEmpty ? "no flags" : set.joined(separator: "+")
    }
}
