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
}

extension RelayIdentity: CustomStringConvertible {
    /// 40 upper-case hexadecimal digits.
    public var description: String {
        Hex.write(
            (0..<16).reversed().map { UInt8(truncatingIfNeeded: high >> ($0 * 8)) }
                + (0..<4).reversed().map { UInt8(truncatingIfNeeded: low >> ($0 * 8)) })
    }
}
