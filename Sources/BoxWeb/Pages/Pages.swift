import HTTPTypes
import Hummingbird
import Mustache

/// The templates of the pages, and all that goes with them.
struct Pages: Sendable {
    private let library: MustacheLibrary
    private let words: [Language: Words]

    private static let templates: [String: [UInt8]] = [
        "frame": PackageResources.frame_mustache,
        "home": PackageResources.home_mustache,
        "glance": PackageResources.glance_mustache,
        "welcome": PackageResources.welcome_mustache,
        "login": PackageResources.login_mustache,
        "devices": PackageResources.devices_mustache,
        "why": PackageResources.why_mustache,
        "tor": PackageResources.tor_mustache,
        "circuits": PackageResources.circuits_mustache,
        "system": PackageResources.system_mustache,
        "message": PackageResources.message_mustache,
        "machine": PackageResources.machine_mustache,
        "time": PackageResources.time_mustache,
        "airlock": PackageResources.airlock_mustache,
        "power": PackageResources.power_mustache,
        "updates": PackageResources.updates_mustache,
        "backup": PackageResources.backup_mustache,
        "settings": PackageResources.settings_mustache,
        "setting": PackageResources.setting_mustache,
        "remark": PackageResources.remark_mustache,
        "ownTorForm": PackageResources.ownTorForm_mustache,
        "wifiForm": PackageResources.wifiForm_mustache,
        "connectionForm": PackageResources.connectionForm_mustache,
        "countriesForm": PackageResources.countriesForm_mustache,
        "torLinesForm": PackageResources.torLinesForm_mustache,
        "refusalsForm": PackageResources.refusalsForm_mustache,
        "language": PackageResources.language_mustache,
        "promises": PackageResources.promises_mustache,
    ]

    /// - Throws: ``WebError`` of kind `.page`.
    init() throws(WebError) {
        var library = MustacheLibrary()
        for (name, bytes) in Self.templates {
            do {
                try library.register(String(decoding: bytes, as: UTF8.self), named: name)
            } catch {
                throw WebError(.page, "Web/\(name).mustache: \(error)")
            }
        }
        self.library = library
        var words: [Language: Words] = [:]
        for language in Language.allCases { words[language] = try Words(language) }
        self.words = words
    }

    func words(_ language: Language) -> Words {
        // Filled for every language above.
        words[language]!
    }

    /// A whole page: `page` names its template, and its title is the sentence `page_title` where none is given.
    func page(
        _ page: String, _ values: [String: Any] = [:], title: String? = nil, for context: WebContext,
        status: HTTPResponse.Status = .ok
    ) -> Response {
        let words = words(context.language)
        let inner = fragment(page, values, for: context)
        let frame: [String: Any] = [
            "t": words, "title": title ?? words("\(page)_title"), "body": inner, "language": context.language.rawValue,
            "isOwner": context.isOwner, "mayLogIn": context.isOwnersPlace && !context.isOwner,
            "token": context.formToken,
            "otherLanguage": context.language.other.rawValue, "otherLanguageName": context.language.other.ownName,
        ]
        return response(library.render(frame, withTemplate: "frame") ?? "", "text/html; charset=utf-8", status)
    }

    /// A part of a page, for a page that renews itself.
    func fragment(_ name: String, _ values: [String: Any], for context: WebContext) -> String {
        let given: [String: Any] = ["t": words(context.language), "token": context.formToken]
        return library.render(given.merging(values) { $1 }, withTemplate: name) ?? ""
    }

    /// Says one thing and links back to where the reader came from.
    ///
    /// - Parameters:
    ///   - reasons: more of it, in the reader's language.
    ///   - detail: torboxd's own words, in English.
    func message(
        _ text: String, reasons: [String] = [], detail: String? = nil, back: String, for context: WebContext,
        status: HTTPResponse.Status = .ok
    ) -> Response {
        var values: [String: Any] = ["text": text, "back": back, "reasons": reasons]
        values["detail"] = detail
        return page("message", values, for: context, status: status)
    }

    func response(_ text: String, _ type: String, _ status: HTTPResponse.Status = .ok) -> Response {
        Response(
            status: status, headers: [.contentType: type], body: ResponseBody(byteBuffer: ByteBuffer(string: text)))
    }
}
