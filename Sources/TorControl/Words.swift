/// Reads a reply line from left to right: words first, then `KEY=value` arguments (control-spec 4.1).
struct Words {
    private(set) var rest: Substring

    init(_ text: some StringProtocol) {
        rest = Substring(text)
    }

    /// The next word, up to a space; `nil` at the end.
    mutating func next() -> String? {
        rest = rest.drop { $0 == " " }
        let word = rest.prefix { $0 != " " }
        rest = rest.dropFirst(word.count)
        return word.isEmpty ? nil : String(word)
    }

    /// The next word where it passes the test; otherwise `nil`, and it stays to be read.
    mutating func next(where fits: (String) -> Bool) -> String? {
        var ahead = self
        guard let word = ahead.next(), fits(word) else { return nil }
        self = ahead
        return word
    }

    /// All remaining `KEY=value` and `KEY="quoted value"` arguments.
    ///
    /// Words without `=` are passed over, as control-spec 4.1 asks of clients; of a repeated key the first counts.
    ///
    /// - Returns: `nil` where a quoted value does not end.
    mutating func arguments() -> [String: String]? {
        var arguments: [String: String] = [:]
        while !rest.isEmpty {
            rest = rest.drop { $0 == " " }
            let key = rest.prefix { $0 != " " && $0 != "=" }
            rest = rest.dropFirst(key.count)
            guard rest.first == "=" else { continue }
            rest = rest.dropFirst()
            guard let value = rest.first == "\"" ? QuotedString.read(&rest) : plainValue() else { return nil }
            if arguments[String(key)] == nil { arguments[String(key)] = value }
        }
        return arguments
    }

    private mutating func plainValue() -> String? {
        let value = rest.prefix { $0 != " " }
        rest = rest.dropFirst(value.count)
        return String(value)
    }
}
