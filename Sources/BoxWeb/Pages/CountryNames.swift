/// The names of countries in one language, from `Web/countries-en.txt` or `Web/countries-fr.txt`.
struct CountryNames: Sendable {
    private let names: [Substring: Substring]

    init(_ language: Language) {
        let file =
            switch language {
            case .english: PackageResources.countries_en_txt
            case .french: PackageResources.countries_fr_txt
            }
        names = String(decoding: file, as: UTF8.self).split(separator: "\n").reduce(into: [:]) { names, line in
            names[line.prefix(2)] = line.dropFirst(3)
        }
    }

    var codes: Set<String> { Set(names.keys.map(String.init)) }

    /// - Parameter code: two capital letters (ISO 3166-1).
    /// - Returns: the letters themselves where they name no country.
    func callAsFunction(_ code: String) -> String {
        names[code[...]].map(String.init) ?? code
    }
}
