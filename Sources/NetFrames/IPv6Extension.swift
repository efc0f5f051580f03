/// One extension header of an IPv6 packet (RFC 8200 section 4).
public struct IPv6Extension: Hashable, Sendable {
    public enum Kind: UInt8, Hashable, Sendable {
        case hopByHop = 0
        case routing = 43
        case fragment = 44
        case destination = 60
    }

    public var kind: Kind
    /// All bytes after the number of the next header, the header's own length included: 8 n - 1 of them.
    public var content: [UInt8]

    init(_ kind: Kind, content: [UInt8]) {
        self.kind = kind
        self.content = content
    }

    /// Reads what follows the number of the next header.
    init(_ kind: Kind, parsing reader: inout ByteReader) throws(FrameError) {
        self.kind = kind
        switch kind {
        case .fragment:
            content = try reader.take(7)
        case .hopByHop, .routing, .destination:
            let length = try reader.byte()
            content = [length] + (try reader.take(Int(length) * 8 + 6))
        }
    }

    /// A hop-by-hop or destination header, filled up with Pad1 options to a multiple of 8 bytes.
    public static func options(_ kind: Kind, _ options: [UInt8] = []) -> IPv6Extension {
        let size = (options.count + 2 + 7) / 8 * 8
        let padding = [UInt8](repeating: 0, count: size - 2 - options.count)
        return IPv6Extension(kind, content: [UInt8(truncatingIfNeeded: size / 8 - 1)] + options + padding)
    }

    /// A routing header without addresses, which every router may pass (RFC 8200 section 4.4).
    public static func routing(type: UInt8, segmentsLeft: UInt8) -> IPv6Extension {
        IPv6Extension(.routing, content: [0, type, segmentsLeft, 0, 0, 0, 0])
    }

    /// - Parameter offset: in units of 8 bytes, 0...8191.
    public static func fragment(offset: UInt16, more: Bool, identification: UInt32) -> IPv6Extension {
        var content: [UInt8] = [0]
        content.append(number: offset << 3 | (more ? 1 : 0))
        content.append(number: identification)
        return IPv6Extension(.fragment, content: content)
    }

    /// A fragment header of more than one fragment; an atomic one (RFC 6946) leaves the transport readable.
    var splitsPayload: Bool {
        kind == .fragment && (content[1] != 0 || content[2] & 0xF9 != 0)
    }
}
