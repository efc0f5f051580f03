/// A cursor over the bytes of a TOML document that knows its line.
struct TOMLScanner {
    private let bytes: [UInt8]
    private(set) var position = 0
    /// From 1.
    private(set) var line = 1

    init(_ document: String) {
        bytes = Array(document.utf8)
        // A byte order mark belongs to no key.
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { position = 3 }
    }

    /// The byte under the cursor; `nil` at the end.
    var next: UInt8? {
        position < bytes.count ? bytes[position] : nil
    }

    /// What the cursor has passed since `start`, without blanks at its end.
    func text(from start: Int) -> String {
        var end = position
        while end > start, Self.isBlank(bytes[end - 1]) || bytes[end - 1] == UInt8(ascii: "\n") { end -= 1 }
        return String(decoding: bytes[start..<end], as: UTF8.self)
    }

    mutating func advance(by count: Int = 1) {
        for _ in 0..<count where position < bytes.count {
            if bytes[position] == UInt8(ascii: "\n") { line += 1 }
            position += 1
        }
    }

    mutating func skip(while matches: (UInt8) -> Bool) {
        while let byte = next, matches(byte) { advance() }
    }

    mutating func skipBlanks() {
        skip(while: Self.isBlank)
    }

    /// Skips blanks, line ends and comments.
    mutating func skipToContent() {
        while let byte = next {
            if byte == UInt8(ascii: "#") {
                skip { $0 != UInt8(ascii: "\n") }
            } else if Self.isBlank(byte) || byte == UInt8(ascii: "\n") {
                advance()
            } else {
                return
            }
        }
    }

    /// Skips to the next element of a list or inline table.
    mutating func skipSeparator() {
        skipToContent()
        if next == UInt8(ascii: ",") { advance() }
        skipToContent()
    }

    /// Skips a text, number, truth value or date; at least one byte where there is one.
    mutating func skipScalar() {
        guard let first = next else { return }
        if first == UInt8(ascii: "\"") || first == UInt8(ascii: "'") {
            skipText(quote: first)
        } else {
            advance()
            skip { !Array(",]}#\n".utf8).contains($0) }
        }
    }

    /// Reads a key such as `a."b c".d`; escapes in quoted parts are left as they are.
    mutating func keyPath() -> [String] {
        var path: [String] = []
        while true {
            skipBlanks()
            let start = position
            if let first = next, first == UInt8(ascii: "\"") || first == UInt8(ascii: "'") {
                skipText(quote: first)
                path.append(String(text(from: start).dropFirst().dropLast()))
            } else {
                skip { !Array(".=] \t\r\n".utf8).contains($0) }
                path.append(text(from: start))
            }
            skipBlanks()
            guard next == UInt8(ascii: ".") else { return path }
            advance()
        }
    }

    private mutating func skipText(quote: UInt8) {
        let triple = [quote, quote, quote]
        let isLong = bytes[position...].starts(with: triple)
        advance(by: isLong ? 3 : 1)
        while let byte = next {
            if byte == UInt8(ascii: "\\"), quote == UInt8(ascii: "\"") {
                advance(by: 2)
            } else if byte == quote, !isLong {
                advance()
                return
            } else if bytes[position...].starts(with: triple) {
                // One or two quotes of the text itself may stand right before the three that close it.
                skip { $0 == quote }
                return
            } else {
                advance()
            }
        }
    }

    private static func isBlank(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") || byte == UInt8(ascii: "\r")
    }
}
