/// A table that a person enjoys reading on a terminal: columns of fixed width, long cells wrapped between words.
struct DemoTable {
    let columns: [String]
    /// In characters, one for each column.
    let widths: [Int]

    var head: String {
        row(columns) + "\n" + widths.map { String(repeating: "─", count: $0) }.joined(separator: "─")
    }

    func row(_ cells: [String]) -> String {
        let wrapped = zip(cells, widths).map { Self.wrap($0, to: $1 - 1) }
        let height = wrapped.map(\.count).max() ?? 0
        return (0..<height).map { line in
            zip(wrapped, widths).map { lines, width in
                let text = line < lines.count ? lines[line] : ""
                return text + String(repeating: " ", count: max(1, width - text.count))
            }.joined(separator: " ").trimmedEnd
        }.joined(separator: "\n")
    }

    static func wrap(_ text: String, to width: Int) -> [String] {
        text.split(separator: " ", omittingEmptySubsequences: false).reduce(into: [""]) { lines, word in
            let last = lines[lines.count - 1]
            if last.isEmpty {
                lines[lines.count - 1] = String(word)
            } else if last.count + 1 + word.count <= width {
                lines[lines.count - 1] = last + " " + word
            } else {
                // Under the text, not under its tick.
                lines.append("  " + word)
            }
        }
    }
}

extension String {
    fileprivate var trimmedEnd: String {
        var text = self
        while text.last == " " { text.removeLast() }
        return text
    }
}
