/// The chains of a ruleset in nft's own language, as `nft --stateless list ruleset` prints them, to be read by people.
public struct ChainListing: Sendable {
    public struct Chain: Sendable, Hashable {
        public let family: String
        public let table: String
        public let name: String
        /// Such as `type filter hook egress device "wan0" priority filter; policy drop;`; `nil` where jumps lead to it.
        public var hook: String?
        /// In the order in which the kernel asks them.
        public var rules: [String] = []
    }

    public private(set) var chains: [Chain] = []

    public init(_ text: String) {
        var table: (family: String, name: String)?
        var chain: Chain?
        for line in text.split(separator: "\n") {
            let words = line.split(whereSeparator: \.isWhitespace).map(String.init)
            switch (words.first, table, chain) {
            case ("table", _, _) where words.count >= 3:
                table = (words[1], words[2])
            case ("chain", let place?, nil) where words.count >= 2:
                chain = Chain(family: place.family, table: place.name, name: words[1])
            case ("}", _, let whole?):
                chains.append(whole)
                chain = nil
            case ("type", _, _?):
                chain?.hook = words.joined(separator: " ")
            case (_?, _, _?):
                chain?.rules.append(words.joined(separator: " "))
            case (_, _, nil), (nil, _, _):
                continue
            }
        }
    }
}
