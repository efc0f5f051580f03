/// The SHA-1 digest of an RSA key, by which Tor names relays and authorities; ordered by its bytes.
public struct Fingerprint: Sendable {
    public let bytes: InlineArray<20, UInt8>

    public init(_ bytes: InlineArray<20, UInt8>) {
        self.bytes = bytes
    }

    /// Reads 40 hexadecimal digits of either case; `nil` for anything else.
    public init?(hexadecimal text: some StringProtocol) {
        let digits = Array(text.utf8)
        guard digits.count == 40 else { return nil }
        var bytes = InlineArray<20, UInt8>(repeating: 0)
        for (place, digit) in digits.enumerated() {
            guard let value = Character(UnicodeScalar(digit)).hexDigitValue else { return nil }
            bytes[place / 2] = bytes[place / 2] << 4 | UInt8(value)
        }
        self.bytes = bytes
    }
}

extension Fingerprint: Hashable, Comparable {
    public static func == (left: Self, right: Self) -> Bool {
        for place in left.bytes.indices where left.bytes[place] != right.bytes[place] { return false }
        return true
    }

    public static func < (left: Self, right: Self) -> Bool {
        for place in left.bytes.indices where left.bytes[place] != right.bytes[place] {
            return left.bytes[place] < right.bytes[place]
        }
        return false
    }

    public func hash(into hasher: inout Hasher) {
        for place in bytes.indices { hasher.combine(bytes[place]) }
    }
}

extension Fingerprint: CustomStringConvertible {
    /// Forty upper-case hexadecimal digits.
    public var description: String {
        var text = ""
        for place in bytes.indices {
            text += (bytes[place] < 16 ? "0" : "") + String(bytes[place], radix: 16, uppercase: true)
        }
        return text
    }
}
