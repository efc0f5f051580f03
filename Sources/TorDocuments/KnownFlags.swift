/// The flags that a consensus may use (dir-spec 3.4.1, "known-flags"), and the reading of lines with some of them.
///
/// Both are in the order of their bytes, so that one walk along the known ones reads a line and leaves no flag unknown,
/// unsorted or twice.
struct KnownFlags {
    private var entries: [(name: UInt128, flag: RelayFlags)]

    init?(_ names: [Substring]) {
        guard names.allSatisfy({ !$0.isEmpty }) else { return nil }
        entries = names.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }.map {
            ($0.utf8.reduce(0, Self.appending), RelayFlags(named: $0))
        }
    }

    /// Reads the flags from `start` to the end of the line; `nil` where one is unknown, out of order or empty.
    func flags(in line: Span<UInt8>, from start: Int) -> RelayFlags? {
        var flags: RelayFlags = []
        var start = start
        var next = 0
        while start < line.count {
            guard let field = line.field(from: &start) else { return nil }
            var name: UInt128 = 0
            for place in field { name = Self.appending(name, line[place]) }
            while next < entries.count, entries[next].name != name { next += 1 }
            guard next < entries.count else { return nil }
            flags.formUnion(entries[next].flag)
            next += 1
        }
        return flags
    }

    /// Packs a name into one number to compare; of a name of more than 16 characters the last 16 count.
    private static func appending(_ name: UInt128, _ byte: UInt8) -> UInt128 {
        name << 8 | UInt128(byte)
    }
}
