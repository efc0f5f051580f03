/// The languages of the pages.
enum Language: String, CaseIterable, Codable, Sendable {
    case english = "en"
    case french = "fr"

    /// What the reader chose, or else the owner for the house, or else what the browser asks for first (RFC 9110,
    /// 12.5.4), or else English.
    init(chosen: String?, ofTheHouse: Language? = nil, acceptLanguage: String?) {
        if let chosen = chosen.flatMap(Self.init(rawValue:)) ?? ofTheHouse {
            self = chosen
            return
        }
        let wishes = (acceptLanguage ?? "").split(separator: ",").prefix(10).map { wish in
            let parts = wish.split(separator: ";")
            let quality = parts.dropFirst().compactMap { part -> Double? in
                let part = part.filter { $0 != " " }
                return part.hasPrefix("q=") ? Double(part.dropFirst(2)) : nil
            }
            return (name: (parts.first ?? "").filter { $0 != " " }.prefix(2).lowercased(), quality: quality.first ?? 1)
        }
        let known = wishes.filter { Self(rawValue: $0.name) != nil && $0.quality > 0 }
        // The first of the equally wanted ones.
        let best = known.reduce(known.first) { best, wish in wish.quality > (best?.quality ?? 0) ? wish : best }
        self = best.flatMap { Self(rawValue: $0.name) } ?? .english
    }

    /// In the language itself.
    var ownName: String {
        switch self {
        case .english: "English"
        case .french: "Français"
        }
    }

    var other: Language {
        switch self {
        case .english: .french
        case .french: .english
        }
    }
}
