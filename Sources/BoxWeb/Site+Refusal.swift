import BoxAPI
import BoxModel
import HTTPTypes
import Hummingbird

extension Site {
    /// Says why torboxd did not do what it was asked: in the reader's language where there are words for it, in torboxd's
    /// otherwise.
    func refused(_ text: String, _ refusal: Refusal, back: String, _ context: WebContext) -> Response {
        let words = pages.words(context.language)
        var reasons = refusal.reason.map { [words($0)] } ?? []
        var details = refusal.reason == nil && refusal.mistakes == nil ? [refusal.message] : []
        for mistake in refusal.mistakes ?? [] {
            if let sentence = SettingsForm.sentence(on: mistake, words) {
                reasons.append("\(mistake.key): \(sentence)")
            } else {
                details.append("\(mistake.key): \(mistake.found); \(mistake.allowed)")
            }
        }
        return pages.message(
            text, reasons: reasons, detail: details.isEmpty ? nil : details.joined(separator: "\n"), back: back,
            for: context, status: .unprocessableContent)
    }
}
