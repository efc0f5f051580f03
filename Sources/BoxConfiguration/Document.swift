import TOMLKit

/// One file of the configuration: what its tables hold, and where each key stands.
struct Document {
    /// The largest file that is read, in bytes.
    static let sizeLimit = 256 << 10

    let file: String
    let tables: TOMLTable
    let source: SourceMap

    /// - Throws: one mistake where the bytes are too many, no plain text or no TOML.
    init(_ bytes: [UInt8], file: String) throws(ConfigurationError) {
        let text = try Self.text(of: bytes, file: file)
        do {
            tables = try TOMLTable(string: text)
        } catch let error as TOMLParseError {
            throw ConfigurationError([
                Mistake(
                    kind: .syntax, file: file, line: max(error.source.begin.line, 1), key: "",
                    found: "text that is no TOML (\(Self.words(of: error)))",
                    allowed: "lines such as name = \"torbox.lan\" below a table such as [dns]")
            ])
        } catch {
            throw ConfigurationError([
                Mistake(
                    kind: .syntax, file: file, line: 1, key: "", found: "text that cannot be read (\(error))",
                    allowed: "a TOML document")
            ])
        }
        self.file = file
        source = SourceMap(text)
    }

    /// What the file gives for a key; `nil` where it does not hold it.
    func value(of entry: KeyEntry) -> Literal? {
        tables[entry.table]?.tomlValue.table?[entry.name].map { Literal($0.tomlValue) }
    }

    /// Whether the file has something else than a table by that name.
    func hasOtherThanTable(_ name: String) -> Bool {
        tables[name].map { $0.tomlValue.type != .table } ?? false
    }

    /// The parser's words, without what it saw, which may be the beginning of a password without quotes.
    private static func words(of error: TOMLParseError) -> String {
        let words = error.description
        return words.firstRange(of: ", saw").map { String(words[..<$0.lowerBound]) } ?? words
    }

    private static func text(of bytes: [UInt8], file: String) throws(ConfigurationError) -> String {
        func refusal(_ found: String, line: Int, allowed: String) -> ConfigurationError {
            ConfigurationError([
                Mistake(kind: .file, file: file, line: line, key: "", found: found, allowed: allowed)
            ])
        }
        guard bytes.count <= sizeLimit else {
            throw refusal("\(bytes.count) bytes", line: 1, allowed: "at most \(sizeLimit) bytes")
        }
        if let place = bytes.firstIndex(of: 0) {
            let line = 1 + bytes[..<place].count { $0 == UInt8(ascii: "\n") }
            throw refusal("a NUL byte", line: line, allowed: "plain text in UTF-8")
        }
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw refusal("bytes that are no UTF-8", line: 1, allowed: "plain text in UTF-8")
        }
        return text
    }
}
