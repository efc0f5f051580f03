/// The flags that a consensus may use (dir-spec 3.4.1, "known-flags"), and the reading of lines with some of them.
///
/// Both are in the order of their bytes, so that one walk along the known ones reads a line and leaves no flag unknown,
/// unsorted or twice.
struct KnownFlags {
    private let entries: [(name: Name, flag: RelayFlags)]
    /// The first different lines and what they say: a few combinations of flags make up nearly all of a consensus.
    private var read: [(line: Range<Int>, flags: RelayFlags)] = []
    private static let mostRemembered = 16

    init?(_ names: [Substring]) {
        guard names.allSatisfy({ !$0.isEmpty }) else { return nil }
        entries = names.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }.map { text in
            var name = Name()
            for byte in text.utf8 { name.append(byte) }
            return (name, RelayFlags(named: text))
        }
    }

    /// Reads the flags that stand in a part of the document; `nil` where one is unknown, out of order or empty.
    ///
    /// It must be the same document in each call.
    mutating func flags(in line: Range<Int>, of document: Span<UInt8>) -> RelayFlags? {
        let text = document.extracting(line)
        for known in read where text.equals(document.extracting(known.line)) { return known.flags }
        let flags = flags(in: text)
        if let flags, read.count < Self.mostRemembered { read.append((line, flags)) }
        return flags
    }

    private func flags(in line: Span<UInt8>) -> RelayFlags? {
        if line.isEmpty { return [] }
        var flags: RelayFlags = []
        var next = 0
        var name = Name()
        for place in 0...line.count {
            if place < line.count, line[place] != UInt8(ascii: " ") {
                name.append(line[place])
                continue
            }
            while next < entries.count, entries[next].name != name { next += 1 }
            guard next < entries.count else { return nil }
            flags.formUnion(entries[next].flag)
            next += 1
            name = Name()
        }
        return flags
    }

    /// A name as two numbers, which compare faster than text: its length and its last eight characters.
    private struct Name: Equatable {
        var length = 0
        var end: UInt64 = 0

        mutating func append(_ byte: UInt8) {
            length += 1
            end = end << 8 | UInt64(byte)
        }
    }
}
