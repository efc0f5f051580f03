import Glibc

/// A consensus that the lab's authorities sign without having voted: their last one, with other relays and flags.
///
/// A vote takes 15 s at the least, and an ordinary client refuses a network that votes more often than every 5 minutes.
public struct Edition: Sendable, Hashable {
    /// Who is not listed.
    public var absent: Set<TorNode>
    /// Who has the flag Guard; nobody else has it.
    public var guards: Set<TorNode>
    /// Who is said to have a directory port, besides those that have one.
    public var directories: Set<TorNode>
    /// Relays with the flag Guard that nobody runs, by number, to make it as long as a real one.
    public var invented: Range<Int>

    public init(
        without absent: Set<TorNode> = [], guards: Set<TorNode> = Edition.usualGuards, directories: Set<TorNode> = [],
        invented: Range<Int> = 0..<0
    ) {
        self.absent = absent
        self.guards = guards
        self.directories = directories
        self.invented = invented
    }

    /// Those that have the flag after a vote.
    public static let usualGuards = Set(TorNode.relays.filter { $0.role == .guard })

    /// How long before its publication an edition claims to have been voted: it is no longer fresh, so that whoever is
    /// reminded looks for a newer one, and has not expired.
    public static let age = 20 * 3600

    /// The text of the edition, up to where the signatures begin.
    ///
    /// - Parameters:
    ///   - consensus: what came out of the last vote, in either flavour.
    ///   - validAfter: when it claims to have been voted.
    ///   - validUntil: when it expires; close enough that every client's time for a newer one has come already.
    func text(from consensus: String, validAfter: time_t, validUntil: time_t) -> String {
        let dates = [
            "valid-after": validAfter, "fresh-until": validAfter + 3600, "valid-until": validUntil,
        ].mapValues(Consensus.stamp)
        var node: TorNode?
        var text = ""
        for line in consensus.split(separator: "\n", omittingEmptySubsequences: false) {
            let words = line.split(separator: " ")
            switch words.first {
            case "directory-signature": return text + "directory-signature "
            case "directory-footer":
                node = nil
                for number in invented { text += InventedRelay(number: number).lines }
            case "r": node = TorNode.relays.first { words.count > 1 && $0.nickname == words[1] }
            default: break
            }
            if let node, absent.contains(node) { continue }
            if let keyword = words.first, let date = dates[String(keyword)] {
                text += "\(keyword) \(date)\n"
            } else if let node, words.first == "r", directories.contains(node) {
                // It is the last item in both flavours (dir-spec 3.4.1).
                text += words.dropLast().joined(separator: " ") + " \(TorNode.directoryPort)\n"
            } else if let node, words.first == "s" {
                text +=
                    (["s"] + flags(of: node, from: words.dropFirst().map(String.init))).joined(separator: " ") + "\n"
            } else {
                text += line + "\n"
            }
        }
        return text
    }

    private func flags(of node: TorNode, from flags: [String]) -> [String] {
        (flags.filter { $0 != "Guard" } + (guards.contains(node) ? ["Guard"] : [])).sorted()
    }
}
