/// One whole message from tor: an answer to a command, or an event (control-spec 2.3).
public struct Reply: Hashable, Sendable {
    /// The three digits of the last line, 100...999.
    public var code: Int
    /// Never empty; the last one is the end line.
    public var lines: [Line]

    public init(code: Int, lines: [Line]) {
        self.code = code
        self.lines = lines
    }

    /// One line without its status code, with the data section that followed it.
    public struct Line: Hashable, Sendable {
        /// Bytes that are not UTF-8 are replaced.
        public var text: String
        /// The data section, dots unstuffed, lines joined by LF without a last LF; `nil` on lines that have none.
        public var data: [UInt8]?

        public init(text: String, data: [UInt8]? = nil) {
            self.text = text
            self.data = data
        }
    }

    /// An event rather than an answer (control-spec 4: first digit 6).
    public var isAsynchronous: Bool { code / 100 == 6 }

    /// The command was done, or needed no doing (control-spec 4: first digit 2).
    public var isPositive: Bool { code / 100 == 2 }

    /// What tor said, as one line for people.
    var words: String {
        lines.map(\.text).joined(separator: "; ")
    }
}

extension Reply: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// Only the code and the first word: the rest may name a client or a destination.
    public var description: String {
        "\(code) \(lines.first?.text.prefix { $0 != " " && $0 != "=" } ?? "")"
    }

    public var debugDescription: String { description }
    public var customMirror: Mirror { Mirror(self, children: ["code": code]) }
}
