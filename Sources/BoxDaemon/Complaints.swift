/// What tor complains of in its log, without the dates and without what only says that something was said before.
struct Complaints {
    let words: String

    private static let longest = 600
    /// The first line of each run in a log that goes on.
    private static let start = "opening new log file"
    private static let echoes = ["Reading config failed", "broken state. Dying"]

    /// - Returns: `nil` where nothing is complained of since tor started last.
    init?(log: String) {
        let lines = log.split(separator: "\n").map { String($0) }
        let start = lines.lastIndex { $0.contains(Self.start) } ?? 0
        let complaints = lines[start...].compactMap { line -> Substring? in
            for level in ["[warn] ", "[err] "] {
                if let found = line.firstRange(of: level) { return line[found.upperBound...] }
            }
            return nil
        }.filter { line in !Self.echoes.contains { line.contains($0) } }
        guard !complaints.isEmpty else { return nil }
        words = String(complaints.suffix(3).joined(separator: " ").prefix(Self.longest))
    }
}
