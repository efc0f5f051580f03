import NetAddress

/// The checksums of the Internet protocols.
public enum Checksum {
    /// The one's-complement sum of RFC 1071; over bytes that hold their right checksum it gives 0.
    public static func internet(_ bytes: [UInt8]) -> UInt16 {
        var sum: UInt64 = 0
        bytes.withUnsafeBytes { raw in
            var index = 0
            while index + 1 < raw.count {
                sum += UInt64(raw[index]) << 8 | UInt64(raw[index + 1])
                index += 2
            }
            if index < raw.count { sum += UInt64(raw[index]) << 8 }
        }
        while sum > 0xFFFF { sum = sum >> 16 + sum & 0xFFFF }
        return ~UInt16(sum)
    }

    /// The sum over the pseudo header (RFC 768, RFC 8200 section 8.1) and the transport's bytes.
    public static func internet(
        _ bytes: [UInt8], protocol number: UInt8, from source: IPAddress, to destination: IPAddress
    ) -> UInt16 {
        var covered = source.bytes + destination.bytes
        covered.append(number: UInt32(bytes.count))
        covered.append(number: UInt32(number))
        return internet(covered + bytes)
    }

    /// CRC-32C as SCTP carries it (RFC 9260 appendix A), to be written in little-endian order.
    public static func castagnoli(_ bytes: [UInt8]) -> UInt32 {
        var remainder: UInt32 = ~0
        for byte in bytes {
            remainder ^= UInt32(byte)
            for _ in 0..<8 {
                remainder = remainder >> 1 ^ (remainder & 1 == 1 ? 0x82F6_3B78 : 0)
            }
        }
        return ~remainder
    }
}
