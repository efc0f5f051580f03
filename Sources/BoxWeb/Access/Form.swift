import FoundationEssentials
import Hummingbird

/// The fields of a form that a browser sent; each name at most once.
struct Form: Sendable {
    private let fields: [String: String]

    /// In bytes; pages have no longer form.
    static let longest = 16384

    /// - Throws: `HTTPError` for what is no form, or a longer one.
    init(of request: inout Request) async throws {
        guard request.headers[.contentType]?.hasPrefix("application/x-www-form-urlencoded") == true else {
            throw HTTPError(.unsupportedMediaType)
        }
        let body = try await request.collectBody(upTo: Self.longest)
        guard let text = String(validating: body.readableBytesView, as: UTF8.self),
            let fields = try? URLEncodedFormDecoder().decode([String: String].self, from: text)
        else { throw HTTPError(.badRequest) }
        self.fields = fields
    }

    /// The field's text; empty where it is missing.
    subscript(name: String) -> String { fields[name] ?? "" }
}
