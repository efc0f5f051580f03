import Foundation

/// `airlock.nft` as its text says it: the rules of each chain, in order.
struct SecurityDocumentRuleset {
    private let chains: [String: [String]]
    /// The chains that the kernel calls by itself, and what they do with a packet that no rule decides.
    let policies: [String: String]

    init(_ text: String) {
        var chains: [String: [String]] = [:]
        var policies: [String: String] = [:]
        var open: String?
        for line in text.split(separator: "\n").map({ $0.trimmingCharacters(in: .whitespaces) }) {
            if line.hasPrefix("chain ") {
                let name = String(line.split(separator: " ")[1])
                chains[name] = []
                open = name
            } else if line == "}" {
                open = nil
            } else if let chain = open, line.hasPrefix("type ") {
                policies[chain] = line.split(separator: " ").last?.trimmingCharacters(in: [";"])
            } else if let chain = open, !line.hasPrefix("#") {
                chains[chain]?.append(line)
            }
        }
        self.chains = chains
        self.policies = policies
    }

    var chainNames: Set<String> { Set(chains.keys) }

    /// The rules that do one of these things, of those that can match a packet while only some sets hold anything.
    ///
    /// - Parameter filled: the sets that are not empty; all of them where `nil`.
    func rules(of chain: String, that verdicts: [String], filled: Set<String>? = nil) -> [String] {
        var found: [String] = []
        for rule in chains[chain] ?? [] {
            let words = rule.split(separator: " ")
            let isFilled = Self.set(in: rule).map { filled?.contains($0) ?? true } ?? true
            // An empty set never matches, so what is "not in it" ends the chain for every packet.
            if !isFilled, rule.contains("!= @"), words.last == "accept" { return found }
            if isFilled, verdicts.contains(where: rule.contains) { found.append(rule) }
        }
        return found
    }

    private static func set(in rule: String) -> String? {
        rule.split(separator: " ").first { $0.hasPrefix("@") }.map { String($0.dropFirst()) }
    }
}
