import Foundation

/// `docs/security.md` as its tables say it: under each heading, the rules of nftables in the last column.
struct SecurityDocument {
    struct Section {
        let heading: String
        /// Every piece of code in the last column of the section's tables, in order.
        let rules: [String]

        /// The words that the heading sets as code: states or chains.
        var names: [String] { Self.code(in: heading) }

        fileprivate init(heading: String, lines: [Substring]) {
            self.heading = heading
            rules = lines.filter { $0.hasPrefix("|") }.flatMap { row in
                // Each row ends with a bar too, behind which nothing stands.
                Self.code(in: String(row.split(separator: "|").last ?? ""))
            }
        }

        private static func code(in text: String) -> [String] {
            text.split(separator: "`", omittingEmptySubsequences: false).enumerated()
                .filter { $0.offset % 2 == 1 }.map { String($0.element) }
        }
    }

    let sections: [Section]

    init(_ text: String) {
        var sections: [Section] = []
        var heading = ""
        var lines: [Substring] = []
        for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
            guard line.hasPrefix("#") else {
                lines.append(line)
                continue
            }
            sections.append(Section(heading: heading, lines: lines))
            (heading, lines) = (String(line.drop { $0 == "#" || $0 == " " }), [])
        }
        sections.append(Section(heading: heading, lines: lines))
        self.sections = sections
    }

    /// The sections whose headings start with these words.
    func sections(_ start: String) -> [Section] {
        sections.filter { $0.heading.hasPrefix(start) }
    }
}
