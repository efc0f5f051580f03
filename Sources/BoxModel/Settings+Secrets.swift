extension Settings {
    /// Says somebody else's words again without what was given in confidence: bridges, logins and passwords.
    public func withoutSecrets(_ words: String) -> String {
        // A short one would show through by the gaps that it leaves.
        if secrets.contains(where: { $0.count < 4 && words.contains($0) }) { return "something that is not shown here" }
        return secrets.sorted { $0.count > $1.count }.reduce(words) { words, secret in
            [secret, secret.uppercased(), secret.lowercased()].reduce(words) { $0.replacing($1, with: "…") }
        }
    }

    private var secrets: [String] {
        let ofBridges = bridges.flatMap { $0.split { " \t=".contains($0) } }.map(String.init).filter { word in
            word.count >= 4 && word.contains(where: \.isNumber) && word != "obfs4"
        }
        // Programs name an address without its port, too.
        let addresses = ofBridges.compactMap { word in
            word.lastIndex(of: ":").map { String(word[..<$0]) }
        }.filter { $0.contains(where: \.isNumber) }
        return (ofBridges + addresses + [proxy?.user ?? "", proxy?.password ?? "", wifi?.password ?? ""])
            .filter { !$0.isEmpty }
    }
}
