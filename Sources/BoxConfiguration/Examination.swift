import BoxModel
import TOMLKit

/// One document under examination: it hands out values and gathers every mistake on the way.
struct Examination {
    private let file: String
    private let document: TOMLTable
    private let source: SourceMap
    private(set) var mistakes: [Mistake] = []

    /// - Throws: one mistake where the text is no TOML.
    init(_ text: String, file: String) throws(ConfigurationError) {
        do {
            document = try TOMLTable(string: text)
        } catch let error as TOMLParseError {
            throw ConfigurationError([
                Mistake(
                    kind: .syntax, file: file, line: max(error.source.begin.line, 1), key: "",
                    found: "text that is no TOML (\(error.description))",
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

    /// The value of a key or its default; `nil` after a mistake.
    mutating func value<Value>(_ key: Key<Value>) -> Value? {
        guard let literal = literal(key.entry) else { return nil }
        guard let value = key.read(literal) else {
            let kind = literal.isOfSameType(as: key.entry.example) ? Mistake.Kind.value : .wrongType
            note(kind, at: key.entry.path, allowed: key.entry.allowed)
            return nil
        }
        return value
    }

    /// The elements of a key that holds a list; `nil` after a mistake in any of them.
    mutating func list<Value>(_ key: Key<Value>) -> [Value]? {
        guard let literal = literal(key.entry) else { return nil }
        guard case .list(let elements) = literal else {
            note(.wrongType, at: key.entry.path, allowed: key.entry.allowed)
            return nil
        }
        if let count = key.count, !count.contains(elements.count) {
            note(.value, at: key.entry.path, allowed: key.entry.allowed)
            return nil
        }
        let values = elements.map(key.read)
        for (index, value) in values.enumerated() where value == nil {
            note(.value, at: key.entry.path + ["[\(index)]"], allowed: key.entry.allowed)
        }
        let read = values.compactMap(\.self)
        return read.count == values.count ? read : nil
    }

    /// The bridges of a list; `nil` after a mistake in any of them.
    mutating func bridges(_ key: Key<Result<BridgeLine, BridgeLineError>>) -> [BridgeLine]? {
        guard let results = list(key) else { return nil }
        var bridges: [BridgeLine] = []
        for (index, result) in results.enumerated() {
            switch result {
            case .success(let bridge): bridges.append(bridge)
            case .failure(let error):
                note(.value, at: key.entry.path + ["[\(index)]"], found: error.found, allowed: error.remedy)
            }
        }
        return bridges.count == results.count ? bridges : nil
    }

    /// Notes that values which are allowed each for itself do not go together.
    ///
    /// - Parameter paths: the mistake is placed at the first of them that the file holds.
    mutating func noteConflict(at paths: [[String]], allowed: String) {
        guard let path = paths.first(where: { source.places[$0] != nil }) ?? paths.first else { return }
        note(.conflict, at: path, allowed: allowed)
    }

    /// Notes every table and key that the schema does not name.
    mutating func noteUnknownKeys(_ tables: [Schema.Table]) {
        for name in document.keys {
            guard let table = tables.first(where: { $0.name == name }) else {
                noteUnknown([name], among: tables.map(\.name))
                continue
            }
            for key in document[name]?.tomlValue.table?.keys ?? [] {
                let known = table.entries.map(\.name)
                if !known.contains(key) { noteUnknown([name, key], among: known) }
            }
        }
    }

    /// Notes every known table that is given as something else.
    mutating func noteTablesOfWrongType(_ tables: [Schema.Table]) {
        for table in tables where document[table.name].map({ $0.tomlValue.type != .table }) ?? false {
            note(.wrongType, at: [table.name], allowed: "a table that starts with the line [\(table.name)]")
        }
    }

    private mutating func literal(_ entry: KeyEntry) -> Literal? {
        let table = document[entry.table]?.tomlValue
        // The table itself is the mistake then, and its keys are not missing.
        if let table, table.type != .table { return nil }
        if let value = table?.table?[entry.name] { return Literal(value.tomlValue) }
        if let standard = entry.standard { return standard }
        mistakes.append(
            Mistake(
                kind: .missingKey, file: file, line: source.line(of: entry.path),
                key: entry.path.joined(separator: "."), found: "nothing", allowed: entry.allowed))
        return nil
    }

    private mutating func noteUnknown(_ path: [String], among known: [String]) {
        let suggestion = Spelling.nearest(to: path.last ?? "", among: known).map { "; did you mean \($0)?" } ?? ""
        let what = path.count == 1 ? "an unknown table" : "an unknown key"
        note(.unknownKey, at: path, found: what, allowed: known.joined(separator: ", ") + suggestion)
    }

    private mutating func note(_ kind: Mistake.Kind, at path: [String], found: String? = nil, allowed: String) {
        let key = path.joined(separator: ".").replacing(".[", with: "[")
        let found = found ?? source.places[path].map { shown($0.text, at: path) } ?? "nothing"
        mistakes.append(
            Mistake(kind: kind, file: file, line: source.line(of: path), key: key, found: found, allowed: allowed))
    }

    private func shown(_ text: String, at path: [String]) -> String {
        let isSecret = Schema.tables.contains { $0.isSecret && $0.name == path.first }
        return isSecret ? "something that is not shown here" : Self.shortened(text)
    }

    /// A value on one line of a bearable length.
    private static func shortened(_ text: String) -> String {
        let line = text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        return line.count <= 100 ? line : line.prefix(97) + "…"
    }
}
