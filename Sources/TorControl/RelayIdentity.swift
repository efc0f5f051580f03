/// The SHA-1 fingerprint of a relay's RSA identity key: 20 bytes, by which tor's directories name it.
public struct RelayIdentity: Hashable, Sendable {
    private var high: UInt128
    private var low: UInt32

    /// `nil` unless there are exactly 20 bytes.
    public init?(bytes: some Collection<UInt8>) {
        guard bytes.count == 20 else { return nil }
        high = bytes.prefix(16).reduce(0) { $0 << 8 | UInt128($1) }
        low = bytes.dropFirst(16).reduce(0) { $0 << 8 | UInt32($1) }
    }

    /// Reads 40 hexadecimal digits, with or without `$` before and spaces between them.
    public init?(hex text: some StringProtocol) {
        let digits = String(text).drop { $0 == "$" }.filter { $0 != " " }
        guard let bytes = Hex.read(String(digits)) else { return nil }
        self.init(bytes: bytes)
    }

    /// Reads the 27 base64 digits, without padding, of a router status entry (dir-spec, "r" lines).
    init?(base64 digits: some Collection<UInt8>) {
        guard digits.count == 27 else { return nil }
        var bits: UInt32 = 0
        var bytes: [UInt8] = []
        bytes.reserveCapacity(20)
        for (index, digit) in digits.enumerated() {
            let value: UInt8
            switch digit {
            case UInt8(ascii: "A")...UInt8(ascii: "Z"): value = digit - UInt8(ascii: "A")
            case UInt8(ascii: "a")...UInt8(ascii: "z"): value = digit - UInt8(ascii: "a") + 26
            case UInt8(ascii: "0")...UInt8(ascii: "9"): value = digit - UInt8(ascii: "0") + 52
            case .plus: value = 62
            case UInt8(ascii: "/"): value = 63
            default: return nil
            }
            bits = bits << 6 | UInt32(value)
            // Every fourth digit completes three bytes; 27 digits hold 20 bytes and two spare bits.
            if index % 4 == 3 { bytes += [UInt8(bits >> 16 & 255), UInt8(bits >> 8 & 255), UInt8(bits & 255)] }
        }
        self.init(bytes: bytes + [UInt8(bits >> 10 & 255), UInt8(bits >> 2 & 255)])
    }
}

extension RelayIdentity: CustomStringConvertible {
    /// 40 upper-case hexadecimal digits.
    public var description: String {
        Hex.write(
            (0..<16).reversed().map { UInt8(truncatingIfNeeded: high >> ($0 * 8)) }
                + (0..<4).reversed().map { UInt8(truncatingIfNeeded: low >> ($0 * 8)) })
    }
}
