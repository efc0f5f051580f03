/// Guesses what somebody meant to write.
enum Spelling {
    /// The closest of the known words, where at most a third of its letters (two in short words) differ.
    static func nearest(to word: String, among known: [String]) -> String? {
        let closest = known.map { (word: $0, distance: distance(word.lowercased(), $0)) }
            .min { $0.distance < $1.distance }
        guard let closest, closest.distance <= max(2, closest.word.count / 3), closest.distance < closest.word.count
        else { return nil }
        return closest.word
    }

    /// How many letters must be added, removed or changed (Levenshtein).
    static func distance(_ first: String, _ second: String) -> Int {
        // Longer words than this are no misspelling of ours, and the file may hold very long ones.
        guard first.utf8.count <= 64 else { return .max }
        let target = Array(second.utf8)
        var row = Array(0...target.count)
        for (index, letter) in first.utf8.enumerated() {
            var diagonal = row[0]
            row[0] = index + 1
            for column in target.indices {
                let change = diagonal + (letter == target[column] ? 0 : 1)
                diagonal = row[column + 1]
                row[column + 1] = min(change, row[column] + 1, diagonal + 1)
            }
        }
        return row[target.count]
    }
}
