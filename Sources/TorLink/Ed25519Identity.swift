import TorDocuments

/// The Ed25519 key by which a relay is known; ordered and hashed by its bytes.
public struct Ed25519Identity: Hashable, Sendable {
    /// Always 32.
    public let bytes: [UInt8]

    /// `nil` unless there are exactly 32 bytes.
    public init?(_ bytes: some Collection<UInt8>) {
        guard bytes.count == 32 else { return nil }
        self.bytes = Array(bytes)
    }

    /// Reads 43 characters of base64, with or without the one of padding; `nil` for anything else.
    public init?(base64 text: some StringProtocol) {
        var characters = Array(text.utf8)
        if characters.count == 43 { characters.append(UInt8(ascii: "=")) }
        var decoder = Base64Decoder()
        guard decoder.take(characters.span), decoder.isWhole else { return nil }
        self.init(decoder.bytes)
    }
}

extension Ed25519Identity: CustomStringConvertible {
    /// 43 characters of base64 without padding, as Tor's directories write it.
    public var description: String {
        let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".unicodeScalars)
        var text = String.UnicodeScalarView()
        for start in stride(from: 0, to: bytes.count, by: 3) {
            let three = (0..<3).reduce(UInt32(0)) {
                $0 << 8 | (start + $1 < bytes.count ? UInt32(bytes[start + $1]) : 0)
            }
            for place in 0...min(3, bytes.count - start) {
                text.append(alphabet[Int(three >> (18 - 6 * UInt32(place)) & 63)])
            }
        }
        return String(text)
    }
}
