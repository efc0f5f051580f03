import BoxAPI

extension SettingsForm {
    /// A mistake as the page says it.
    struct Remark: Equatable {
        /// Beside which field it stands; `nil` for one that is about none of this form's.
        let field: String?
        /// As the reader counts them; `nil` where the field is no list of lines.
        let line: Int?
        let mistake: Refusal.Mistake
    }

    /// Where a mistake belongs, by the configuration's key of it.
    func remark(on mistake: Refusal.Mistake, in texts: FieldTexts) -> Remark {
        guard let field = Self.field(of: mistake), fields.contains(field) else {
            return Remark(field: nil, line: nil, mistake: mistake)
        }
        let parts = mistake.key.split(separator: "[", maxSplits: 1)
        let index = parts.count > 1 ? Int(parts[1].prefix { $0.isNumber }) : nil
        let lines = Self.isText(field) ? Self.lines(texts[field] ?? "") : []
        let line = index.flatMap { lines.indices.contains($0) ? lines[$0].number : nil }
        return Remark(field: field, line: line, mistake: mistake)
    }

    /// What is wrong, in the reader's language; `nil` where only torboxd can say it.
    static func sentence(on mistake: Refusal.Mistake, _ words: Words) -> String? {
        if let reason = mistake.reason { return words(reason) }
        guard let field = field(of: mistake) else { return nil }
        return words("mistake_\(field)")
    }

    private static func field(of mistake: Refusal.Mistake) -> String? {
        fieldNames[String(mistake.key.prefix { $0 != "[" })]
    }

    /// Whether a field holds lines, of which each can be wrong in its own way.
    static func isText(_ field: String) -> Bool {
        ["lines", "torLines"].contains(field)
    }

    private static let fieldNames = [
        "own-tor.policy": "policy", "own-tor.guests-choose": "guests",
        "wifi.name": "name", "wifi.password": "password",
        "proxy.kind": "kind", "proxy.address": "address", "proxy.user": "user", "proxy.password": "proxyPassword",
        "bridges.lines": "lines", "tor.reachable-ports": "ports",
        "tor.entry-countries": "entry", "tor.exit-countries": "exit", "tor.further-lines": "torLines",
        "pages.refused-places": "places",
    ]
}
