import HTTPTypes
import Hummingbird

/// Stands before every page: who may reach it at all, and what a browser may do with it.
struct Gate: RouterMiddleware {
    let addresses: SiteAddresses
    let sessions: Sessions
    let firstVisit: FirstVisit

    static let cookie = "torbox"
    static let languageCookie = "torbox-language"

    func handle(
        _ request: Request, context: WebContext, next: (Request, WebContext) async throws -> Response
    ) async throws -> Response {
        var context = context
        context.language = Language(
            chosen: request.cookies[Self.languageCookie]?.value, ofTheHouse: await firstVisit.language,
            acceptLanguage: request.headers[.acceptLanguage])
        // A name of another site that points here is how pages of that site would read these (DNS rebinding).
        guard let host = request.head.authority, addresses.admits(host: host) else {
            return Self.guarded(Response(status: .misdirectedRequest))
        }
        let said = request.cookies[Self.cookie]?.value
        let isNew = said?.utf8.count != Secret().text.utf8.count
        context.visitor = isNew ? Secret().text : said ?? ""
        context.isOwnersPlace = addresses.admitsOwner(at: context.place)
        if !isNew, context.isOwnersPlace { context.session = try await sessions.session(context.visitor) }
        var response: Response
        do {
            response = try await next(request, context)
        } catch let error as HTTPError {
            response = Response(status: error.status)
        }
        if isNew, response.headers[.setCookie] == nil {
            response.setCookie(Self.visitor(context.visitor))
        }
        return Self.guarded(response)
    }

    /// No script can read it, no other site's form sends it. It ends with the browser.
    static func visitor(_ name: String) -> Cookie {
        Cookie(name: cookie, value: name, path: "/", httpOnly: true, sameSite: .strict)
    }

    /// What a reader has chosen, for a year.
    static func language(_ language: Language) -> Cookie {
        Cookie(
            name: languageCookie, value: language.rawValue, maxAge: 365 * 24 * 3600, path: "/", httpOnly: true,
            sameSite: .strict)
    }

    private static func guarded(_ response: Response) -> Response {
        var response = response
        response.headers[.contentSecurityPolicy] =
            "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; connect-src 'self'; "
            + "form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
        response.headers[.xContentTypeOptions] = "nosniff"
        // Not "no-referrer": browsers then hide the origin of our own forms too.
        response.headers[.referrerPolicy] = "same-origin"
        response.headers[.crossOriginOpener] = "same-origin"
        response.headers[.crossOriginResource] = "same-origin"
        if response.headers[.cacheControl] == nil { response.headers[.cacheControl] = "no-store" }
        return response
    }
}

extension HTTPField.Name {
    static let referrerPolicy = Self("Referrer-Policy")!
    static let crossOriginOpener = Self("Cross-Origin-Opener-Policy")!
    static let crossOriginResource = Self("Cross-Origin-Resource-Policy")!
}
