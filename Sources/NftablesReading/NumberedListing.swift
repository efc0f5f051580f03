/// The ruleset in nft's own language, as `nft --handle list ruleset` prints it, to quote a rule from.
public struct NumberedListing: Sendable {
    private var rules: [String: String] = [:]

    public init(_ text: String) {
        var table = ""
        var chain = ""
        for line in text.split(separator: "\n") {
            let words = line.split(whereSeparator: \.isWhitespace)
            if words.first == "table", words.count >= 3 { table = "\(words[1]) \(words[2])" }
            if words.first == "chain", words.count >= 2 { chain = "\(table) \(words[1])" }
            guard words.count > 3, words[words.count - 3] == "#", words[words.count - 2] == "handle",
                let handle = words.last.flatMap({ Int($0) }), !line.contains("{ # handle")
            else { continue }
            rules["\(chain) \(handle)"] = words.dropLast(3).joined(separator: " ")
        }
    }

    /// A rule's text; `nil` for a policy, and for a rule that was loaded after the listing was made.
    public func rule(at place: RulePlace) -> String? {
        place.handle.flatMap { rules["\(place.chainName) \($0)"] }
    }
}
