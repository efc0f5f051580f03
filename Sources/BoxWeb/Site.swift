import BoxAPI
import HTTPTypes
import Hummingbird

/// The box's pages: every path that there is, and who may use it.
public struct Site: Sendable {
    let addresses: SiteAddresses
    let pages: Pages
    let owner: Owner
    let firstVisit: FirstVisit
    let sessions: Sessions
    let patience = LoginPatience()
    let guestChanges = GuestChanges()
    let ask: @Sendable (BoxAPI.Request) async throws -> Reply
    let outlook: Outlook

    /// - Parameters:
    ///   - addresses: where browsers find it; requests that name another host are refused.
    ///   - ownerFile: where the owner's password is kept; a file beside it, whose name adds `-first-visit`, keeps what
    ///     the owner decided there.
    ///   - ask: puts a question to torboxd. The pages can do nothing that it does not offer.
    /// - Throws: ``WebError``, or `PasswordError`.
    public init(
        addresses: SiteAddresses, ownerFile: String, ask: @escaping @Sendable (BoxAPI.Request) async throws -> Reply
    ) throws {
        self.addresses = addresses
        pages = try Pages()
        owner = try Owner(file: ownerFile)
        sessions = Sessions(of: owner)
        firstVisit = try FirstVisit(file: "\(ownerFile)-first-visit")
        self.ask = ask
        outlook = Outlook(ask: ask)
    }

    /// All paths. A change comes in only through `change`, which lets nothing pass that another site could have sent.
    public func router() -> Router<WebContext> {
        let router = Router(context: WebContext.self)
        router.add(middleware: Gate(addresses: addresses, sessions: sessions, firstVisit: firstVisit))
        addFiles(to: router)
        addGuestPages(to: router)
        addOwnerPages(to: router)
        addRefusedPages(to: router)
        addOwnTorPages(to: router)
        addSystemPages(to: router)
        addUpdates(to: router)
        addBackupPages(to: router)
        addTorPages(to: router)
        addSettingsPages(to: router)
        addFirstVisitPages(to: router)
        return router
    }

    /// Who may ask for something.
    enum Audience {
        case anyone
        /// Whoever may say that they are the owner.
        case claimant
        case owner
    }

    /// A page that only shows.
    func show(
        _ path: RouterPath, to audience: Audience, _ router: Router<WebContext>,
        _ answer: @escaping @Sendable (Hummingbird.Request, WebContext) async throws -> Response
    ) {
        router.get(path) { request, context in
            if let elsewhere = try detour(audience, context) { return elsewhere }
            return try await answered(context, back: "/") { try await answer(request, context) }
        }
    }

    /// A form that changes something, and then leads back to a page.
    func change(
        _ path: RouterPath, by audience: Audience, taking content: Form.Content = .fields,
        _ router: Router<WebContext>,
        _ answer: @escaping @Sendable (Form, WebContext) async throws -> Response
    ) {
        router.post(path) { request, context in
            var request = request
            guard addresses.admits(origin: request.headers[.origin], at: request.head.authority ?? "") else {
                throw HTTPError(.forbidden)
            }
            let form: Form
            do {
                form = try await Form(of: &request, taking: content)
            } catch let error as any HTTPResponseError where error.status == .contentTooLarge {
                let text = pages.words(context.language)("form_too_large")
                return pages.message(text, back: "/", for: context, status: .contentTooLarge)
            }
            guard Self.isSame(form["token"], context.formToken) else { throw HTTPError(.forbidden) }
            if let elsewhere = try detour(audience, context) { return elsewhere }
            return try await answered(context, back: "/") { try await answer(form, context) }
        }
    }

    /// Where somebody is led instead: to the first visit while there is no owner, to the login where only the owner may;
    /// nowhere, where the owner's pages are at another place.
    private func detour(_ audience: Audience, _ context: WebContext) throws -> Response? {
        switch audience {
        case .anyone:
            return nil
        case .claimant, .owner:
            guard context.isOwnersPlace else {
                let text = pages.words(context.language)("owner_elsewhere")
                return pages.message(text, back: "/", for: context, status: .forbidden)
            }
            if audience == .claimant || context.isOwner { return nil }
            return Self.redirect(to: try owner.isKnown ? "/login" : "/welcome")
        }
    }

    /// Says in plain words why torboxd cannot be asked, or why it refuses.
    private func answered(
        _ context: WebContext, back: String, _ answer: () async throws -> Response
    ) async throws -> Response {
        let words = pages.words(context.language)
        do {
            return try await answer()
        } catch let refusal as Refusal {
            return pages.message(
                words("refused_\(refusal.kind.rawValue)"), reasons: refusal.reason.map { [words($0)] } ?? [],
                back: back,
                for: context, status: .unprocessableContent)
        } catch is APIError {
            return pages.message(words("daemon_silent"), back: back, for: context, status: .serviceUnavailable)
        }
    }

    /// After a change, so that renewing the page does not send the form again.
    static func redirect(to path: String) -> Response {
        Response(status: .seeOther, headers: [.location: path])
    }

    static func isSame(_ said: String, _ meant: String) -> Bool {
        !meant.isEmpty && said.utf8.count == meant.utf8.count
            && zip(said.utf8, meant.utf8).reduce(0) { $0 | ($1.0 ^ $1.1) } == 0
    }
}
