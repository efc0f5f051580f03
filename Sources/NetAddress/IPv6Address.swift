import Glibc

/// An IPv6 address, ordered and hashed by its 128 bits (RFC 4291); scopes are not part of it.
public struct IPv6Address: Hashable, Sendable, Comparable {
    /// The address in host byte order: `::1` is `1`.
    public var bits: UInt128

    public init(bits: UInt128) {
        self.bits = bits
    }

    /// Reads any textual form of RFC 4291 section 2.2; `nil` for anything else, brackets and scopes included.
    public init?(_ text: some StringProtocol) {
        var raw = in6_addr()
        guard inet_pton(AF_INET6, String(text), &raw) == 1 else { return nil }
        bits = withUnsafeBytes(of: &raw) { bytes in
            bytes.reduce(0) { $0 << 8 | UInt128($1) }
        }
    }

    public static func < (left: Self, right: Self) -> Bool {
        left.bits < right.bits
    }

    /// The sixteen bytes as they stand on the wire.
    public var bytes: [UInt8] {
        (0..<16).map { UInt8(truncatingIfNeeded: bits >> (8 * (15 - $0))) }
    }
}

extension IPv6Address: CustomStringConvertible {
    /// The canonical text of RFC 5952.
    public var description: String {
        var raw = in6_addr()
        withUnsafeMutableBytes(of: &raw) { $0.copyBytes(from: bytes) }
        return withUnsafeTemporaryAllocation(of: CChar.self, capacity: Int(INET6_ADDRSTRLEN)) { text in
            // Sixteen bytes always fit INET6_ADDRSTRLEN, so inet_ntop cannot fail here.
            String(cString: inet_ntop(AF_INET6, &raw, text.baseAddress, socklen_t(text.count))!)
        }
    }
}
