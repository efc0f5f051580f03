import Glibc

/// An IPv4 address, ordered and hashed by its 32 bits (RFC 791).
public struct IPv4Address: Hashable, Sendable, Comparable {
    /// The address in host byte order: `10.0.0.1` is `0x0A00_0001`.
    public var bits: UInt32

    public init(bits: UInt32) {
        self.bits = bits
    }

    /// Reads the dotted form with four decimal parts; `nil` for anything else, names and short forms included.
    public init?(_ text: some StringProtocol) {
        var raw = in_addr()
        guard inet_pton(AF_INET, String(text), &raw) == 1 else { return nil }
        bits = UInt32(bigEndian: raw.s_addr)
    }

    public static func < (left: Self, right: Self) -> Bool {
        left.bits < right.bits
    }
}

extension IPv4Address: CustomStringConvertible {
    public var description: String {
        "\(bits >> 24).\(bits >> 16 & 255).\(bits >> 8 & 255).\(bits & 255)"
    }
}
