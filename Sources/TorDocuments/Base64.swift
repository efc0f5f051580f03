extension UInt8 {
    /// The six bits that an ASCII character stands for in base64 (RFC 4648); 255 for any other byte, padding too.
    var base64Value: UInt8 {
        Self.base64Values[Int(self)]
    }

    /// Those of all bytes. A table, since a branch on random characters would be guessed wrongly every other time.
    static let base64Values: [UInt8] = {
        var values = [UInt8](repeating: 255, count: 256)
        let alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
        for (value, byte) in alphabet.utf8.enumerated() { values[Int(byte)] = UInt8(value) }
        return values
    }()
}

/// Decodes base64 that comes in pieces: the lines of an object.
public struct Base64Decoder {
    public private(set) var bytes: [UInt8] = []
    private var bits: UInt32 = 0
    private var characters = 0
    private var padding = 0

    public init() {}

    /// Takes one line; false where it holds something that is no base64.
    public mutating func take(_ line: Span<UInt8>) -> Bool {
        for place in line.indices {
            if line[place] == UInt8(ascii: "=") {
                padding += 1
            } else {
                let value = line[place].base64Value
                guard padding == 0, value < 64 else { return false }
                bits = bits << 6 | UInt32(value)
                // The first of four characters makes no byte yet; each further one completes one.
                let inFour = characters % 4
                if inFour > 0 { bytes.append(UInt8(truncatingIfNeeded: bits >> (6 - 2 * inFour))) }
            }
            characters += 1
        }
        return true
    }

    /// Whether what was taken is whole: padded to four characters, at most two of them padding, no bits left over.
    public var isWhole: Bool {
        switch padding {
        case 0: characters % 4 == 0
        case 1: characters % 4 == 0 && bits & 0b11 == 0
        case 2: characters % 4 == 0 && bits & 0b1111 == 0
        default: false
        }
    }
}
