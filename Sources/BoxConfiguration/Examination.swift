import BoxModel
import TOMLKit

/// The files of a configuration under examination: it hands out values and gathers every mistake on the way.
///
/// A key that the owner's file holds is taken from there and the machine's is not looked at; there is no other layering.
struct Examination {
    private let machine: Document
    private let owner: Document?
    private(set) var mistakes: [Mistake] = []

    /// - Parameter owner: may hold settings alone.
    init(_ machine: Document, _ owner: Document?) {
        self.machine = machine
        self.owner = owner
        noteUnknownKeys(in: machine, Schema.tables)
        if let owner { noteUnknownKeys(in: owner, Schema.settings) }
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

    /// The lines of a list whose refusals say more than what the key allows; `nil` after a mistake in any of them.
    mutating func lines<Line, Refusal: ExplainedRefusal>(_ key: Key<Result<Line, Refusal>>) -> [Line]? {
        guard let results = list(key) else { return nil }
        var lines: [Line] = []
        for (index, result) in results.enumerated() {
            switch result {
            case .success(let line): lines.append(line)
            case .failure(let error):
                note(
                    .value, at: key.entry.path + ["[\(index)]"], found: error.found, allowed: error.remedy,
                    reason: error.reason)
            }
        }
        return lines.count == results.count ? lines : nil
    }

    /// Notes that values which are allowed each for itself do not go together.
    ///
    /// - Parameter paths: the mistake is placed at the first of them that the owner's file holds, as it came later, or
    ///   else at the first that is held at all.
    mutating func noteConflict(at paths: [[String]], allowed: String, reason: Reason? = nil) {
        let held = paths.filter { document(of: $0).source.places[$0] != nil }
        if let path = held.first(where: isOwners) ?? held.first ?? paths.first {
            note(.conflict, at: path, allowed: allowed, reason: reason)
        }
    }

    /// Whether a path's key is taken from the owner's file.
    private func isOwners(_ path: [String]) -> Bool {
        let entry = Schema.tables.flatMap(\.entries).first { $0.path[...] == path.prefix(2) }
        return entry.map { ownersValue(of: $0) != nil } ?? false
    }

    private func ownersValue(of entry: KeyEntry) -> Literal? {
        entry.isSetting ? owner?.value(of: entry) : nil
    }

    /// The file that a path's key is taken from.
    private func document(of path: [String]) -> Document {
        guard let owner, isOwners(path) else { return machine }
        return owner
    }

    private mutating func literal(_ entry: KeyEntry) -> Literal? {
        if let value = ownersValue(of: entry) ?? machine.value(of: entry) { return value }
        // The table itself is the mistake then, and its keys are not missing.
        if machine.hasOtherThanTable(entry.table) { return nil }
        if let standard = entry.standard { return standard }
        mistakes.append(
            Mistake(
                kind: .missingKey, file: machine.file, line: machine.source.line(of: entry.path),
                key: entry.path.joined(separator: "."), found: "nothing", allowed: entry.allowed))
        return nil
    }

    /// Notes every table and key that is not among these, and every known table that is given as something else.
    private mutating func noteUnknownKeys(in document: Document, _ tables: [Schema.Table]) {
        for name in document.tables.keys {
            guard let table = tables.first(where: { $0.name == name }) else {
                noteUnknown([name], in: document, among: tables.map(\.name))
                continue
            }
            if document.hasOtherThanTable(name) {
                note(.wrongType, at: [name], in: document, allowed: "a table that starts with the line [\(name)]")
            }
            for key in document.tables[name]?.tomlValue.table?.keys ?? [] {
                let known = table.entries.map(\.name)
                if !known.contains(key) { noteUnknown([name, key], in: document, among: known) }
            }
        }
    }

    private mutating func noteUnknown(_ path: [String], in document: Document, among known: [String]) {
        let suggestion = Spelling.nearest(to: path.last ?? "", among: known).map { "; did you mean \($0)?" } ?? ""
        let what = path.count == 1 ? "an unknown table" : "an unknown key"
        note(.unknownKey, at: path, in: document, found: what, allowed: known.joined(separator: ", ") + suggestion)
    }

    private mutating func note(
        _ kind: Mistake.Kind, at path: [String], in document: Document? = nil, found: String? = nil, allowed: String,
        reason: Reason? = nil
    ) {
        let document = document ?? self.document(of: path)
        let key = path.joined(separator: ".").replacing(".[", with: "[")
        let found = found ?? document.source.places[path].map { Self.shown($0.text, at: path) } ?? "nothing"
        mistakes.append(
            Mistake(
                kind: kind, file: document.file, line: document.source.line(of: path), key: key, found: found,
                allowed: allowed, reason: reason))
    }

    private static func shown(_ text: String, at path: [String]) -> String {
        Schema.isSecret(path) ? "something that is not shown here" : shortened(text)
    }

    /// A value on one line of a bearable length.
    private static func shortened(_ text: String) -> String {
        let line = text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        return line.count <= 100 ? line : line.prefix(97) + "…"
    }
}
