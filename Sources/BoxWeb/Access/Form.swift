import FoundationEssentials
import Hummingbird

/// The fields of a form that a browser sent; each name at most once.
struct Form: Sendable {
    private let fields: [String: String]
    private let files: [String: [UInt8]]

    /// What a form may bring.
    enum Content {
        case fields
        /// A small file besides.
        case files
    }

    /// In bytes; pages have no longer form.
    static let longest = 16384
    /// The same for one with a file.
    static let longestWithFile = 65536

    /// - Throws: `HTTPError` for what is no form, or a longer one.
    init(of request: inout Request, taking content: Content) async throws {
        let type = request.headers[.contentType] ?? ""
        if content == .files, type.hasPrefix("multipart/form-data") {
            let body = try await request.collectBody(upTo: Self.longestWithFile)
            guard let form = MultipartForm(Array(body.readableBytesView), contentType: type) else {
                throw HTTPError(.badRequest)
            }
            (fields, files) = (form.fields, form.files)
            return
        }
        guard type.hasPrefix("application/x-www-form-urlencoded") else { throw HTTPError(.unsupportedMediaType) }
        let body = try await request.collectBody(upTo: Self.longest)
        guard let text = String(validating: body.readableBytesView, as: UTF8.self),
            let fields = try? URLEncodedFormDecoder().decode([String: String].self, from: text)
        else { throw HTTPError(.badRequest) }
        (self.fields, files) = (fields, [:])
    }

    /// The field's text; empty where it is missing.
    subscript(name: String) -> String { fields[name] ?? "" }

    /// The file's content; empty where none was chosen.
    func file(_ name: String) -> [UInt8] { files[name] ?? [] }
}
