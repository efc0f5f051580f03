/// Text in double quotes, as the control protocol writes it (control-spec 2.1 and 2.1.1).
public enum QuotedString {
    /// The text in quotes, with backslashes before quotes and backslashes.
    ///
    /// - Throws: ``ControlError`` of kind `.argument` for text with CR, LF or NUL, which would end the command.
    public static func write(_ text: String) throws(ControlError) -> String {
        guard !text.utf8.contains(where: { [0, .lineFeed, .carriageReturn].contains($0) }) else {
            throw ControlError(.argument, "a value for tor holds a line end or a zero byte; it must be a single line")
        }
        let escaped = text.unicodeScalars.map { $0 == "\"" || $0 == "\\" ? "\\\($0)" : String($0) }.joined()
        return "\"\(escaped)\""
    }

    /// Reads a quoted string at the beginning of `text` and moves `text` past it.
    ///
    /// Understands both what the protocol means and what tor writes: `\n`, `\t`, `\r` and octal `\0`...`\377` are C
    /// escapes, a backslash before anything else stands for that character (control-spec 2.1.1).
    ///
    /// - Returns: `nil`, with `text` untouched, where it has no opening or no closing quote, or an octal above 377.
    public static func read(_ text: inout Substring) -> String? {
        var rest = text.utf8
        guard rest.popFirst() == UInt8(ascii: "\"") else { return nil }
        var bytes: [UInt8] = []
        while let byte = rest.popFirst() {
            switch byte {
            case UInt8(ascii: "\""):
                text = Substring(rest)
                return String(decoding: bytes, as: UTF8.self)
            case UInt8(ascii: "\\"):
                guard let unescaped = unescape(&rest) else { return nil }
                bytes.append(unescaped)
            default:
                bytes.append(byte)
            }
        }
        return nil
    }

    private static func unescape(_ rest: inout Substring.UTF8View) -> UInt8? {
        let octal = UInt8(ascii: "0")...UInt8(ascii: "7")
        guard let next = rest.first else { return nil }
        if octal.contains(next) {
            let digits = rest.prefix(3).prefix { octal.contains($0) }
            rest.removeFirst(digits.count)
            return UInt8(exactly: digits.reduce(0) { $0 * 8 + Int($1 - octal.lowerBound) })
        }
        rest.removeFirst()
        return switch next {
        case UInt8(ascii: "n"): .lineFeed
        case UInt8(ascii: "r"): .carriageReturn
        case UInt8(ascii: "t"): UInt8(ascii: "\t")
        default: next
        }
    }
}
