/// An ICMP (RFC 792) or ICMPv6 (RFC 4443) message.
public struct ICMPMessage: Hashable, Sendable {
    public var type: UInt8
    public var code: UInt8
    /// What the message says; `nil` to have the right one written.
    public var checksum: UInt16?
    /// All that follows the checksum; its first four bytes mean what the type says.
    public var body: [UInt8]

    public init(type: UInt8, code: UInt8 = 0, _ body: [UInt8]) {
        self.type = type
        self.code = code
        self.body = body
    }

    init(parsing bytes: [UInt8]) throws(FrameError) {
        var reader = ByteReader(bytes, naming: "ICMP")
        type = try reader.byte()
        code = try reader.byte()
        checksum = try reader.integer(UInt16.self)
        body = reader.rest()
    }

    var bytes: [UInt8] {
        var bytes = [type, code]
        bytes.append(number: checksum ?? 0)
        return bytes + body
    }
}
