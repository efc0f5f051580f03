import BoxAPI
import BoxModel
import FoundationEssentials
import Mustache

/// The sentences of the pages in one language, from its catalogue `Web/en.json` or `Web/fr.json`.
struct Words: Sendable {
    let language: Language
    private let sentences: [String: String]

    private static let catalogues: [Language: [UInt8]] = [
        .english: PackageResources.en_json, .french: PackageResources.fr_json,
    ]

    /// - Throws: ``WebError`` where the catalogue is no flat JSON object of texts.
    init(_ language: Language) throws(WebError) {
        self.language = language
        do {
            sentences = try JSONDecoder().decode(
                [String: String].self, from: Data(Self.catalogues[language] ?? []))
        } catch {
            throw WebError(.page, "Web/\(language.rawValue).json: not a flat object of texts: \(error)")
        }
    }

    var keys: Set<String> { Set(sentences.keys) }

    /// A sentence, with `%1`, `%2`… replaced; a missing one shows its key, and a test finds it.
    func callAsFunction(_ key: String, _ values: String...) -> String {
        sentence(key, values)
    }

    /// What the owner should know; a reason in it stays as tor or torboxd gave it.
    func callAsFunction(_ notice: StatusReport.Notice) -> String {
        sentence("notice_\(notice.code.rawValue)", notice.details)
    }

    /// Why something is refused.
    func callAsFunction(_ reason: Reason) -> String {
        sentence("reason_\(reason.code.rawValue)", reason.details)
    }

    private func sentence(_ key: String, _ values: [String]) -> String {
        values.enumerated().reduce(sentences[key] ?? key) { text, value in
            text.split(separator: "%\(value.offset + 1)", omittingEmptySubsequences: false).joined(
                separator: value.element)
        }
    }
}

extension Words: MustacheParent {
    func child(named key: String) -> Any? { self(key) }
}
