/// A UDP datagram (RFC 768).
public struct UDPDatagram: Hashable, Sendable {
    public var sourcePort: UInt16
    public var destinationPort: UInt16
    /// What the datagram says; `nil` to have the right one written.
    public var checksum: UInt16?
    public var payload: [UInt8]

    public init(from sourcePort: UInt16, to destinationPort: UInt16, _ payload: [UInt8]) {
        self.sourcePort = sourcePort
        self.destinationPort = destinationPort
        self.payload = payload
    }

    init(parsing bytes: [UInt8]) throws(FrameError) {
        var reader = ByteReader(bytes, naming: "UDP")
        sourcePort = try reader.integer(UInt16.self)
        destinationPort = try reader.integer(UInt16.self)
        let length = try reader.integer(UInt16.self)
        checksum = try reader.integer(UInt16.self)
        payload = reader.rest()
        guard Int(length) == bytes.count else {
            throw FrameError(.malformed, "UDP: length \(length) in a packet that holds \(bytes.count)")
        }
    }

    var bytes: [UInt8] {
        var bytes: [UInt8] = []
        bytes.append(number: sourcePort)
        bytes.append(number: destinationPort)
        bytes.append(number: UInt16(truncatingIfNeeded: 8 + payload.count))
        bytes.append(number: checksum ?? 0)
        return bytes + payload
    }
}
