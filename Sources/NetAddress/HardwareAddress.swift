/// A 48-bit hardware (MAC) address, which identifies a person's device: printing it shows nothing of it.
public struct HardwareAddress: Hashable, Sendable {
    /// The six bytes in transmission order, as the low 48 bits.
    public let bits: UInt64

    public init(bits: UInt64) {
        self.bits = bits & 0xFFFF_FFFF_FFFF
    }

    /// Reads six two-digit hexadecimal parts joined by colons; `nil` for anything else.
    public init?(_ text: some StringProtocol) {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 6, parts.allSatisfy({ $0.count == 2 && $0.allSatisfy(\.isHexDigit) }) else { return nil }
        bits = parts.reduce(0) { $0 << 8 | UInt64($1, radix: 16)! }
    }

    public var bytes: [UInt8] {
        (0..<6).map { UInt8(truncatingIfNeeded: bits >> (8 * (5 - $0))) }
    }

    /// The address in full, for the kernel and for the one place where an owner must see it; never for a log.
    public var revealed: String {
        bytes.map { byte in (byte < 16 ? "0" : "") + String(byte, radix: 16) }.joined(separator: ":")
    }
}

extension HardwareAddress: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    public var description: String { "(hardware address)" }
    public var debugDescription: String { description }
    public var customMirror: Mirror { Mirror(self, children: [:]) }
}
