import BoxAPI
import BoxModel
import BoxPassword
import Hummingbird

extension Site {
    /// What everybody on the LAN may see and do.
    func addGuestPages(to router: Router<WebContext>) {
        show("/", to: .anyone, router) { _, context in
            if context.isOwnersPlace, try !owner.isKnown { return Self.redirect(to: "/welcome") }
            var values = try await glance(for: context)
            values["myTor"] = myTor(try await outlook.view(), context)
            values["isUnfinished"] = if context.isOwner { await !firstVisit.isOver } else { false }
            return pages.page("home", values, for: context)
        }
        show("/live", to: .anyone, router) { request, context in live(request, context) }
        show("/language/:language", to: .anyone, router) { _, context in
            guard let language = context.parameters.get("language").flatMap(Language.init(rawValue:)) else {
                throw HTTPError(.notFound)
            }
            var response = Self.redirect(to: "/")
            response.setCookie(Gate.language(language))
            return response
        }
        show("/welcome", to: .claimant, router) { _, context in
            try owner.isKnown ? Self.redirect(to: "/") : welcome(context, weakness: nil)
        }
        change("/welcome", by: .claimant, router) { form, context in
            let password = form["password"]
            guard password == form["again"] else { return welcome(context, weakness: "password_differs") }
            do {
                guard let kept = try await owner.choose(password) else { return Self.redirect(to: "/login") }
                return await loggedIn(by: kept, to: FirstStep.language.path)
            } catch let weakness as PassphraseWeakness {
                return welcome(context, weakness: "password_\(weakness.rawValue)")
            }
        }
        show("/login", to: .claimant, router) { _, context in
            try owner.isKnown ? login(context, failure: nil) : Self.redirect(to: "/welcome")
        }
        change("/login", by: .claimant, router) { form, context in
            let words = pages.words(context.language)
            let pause = await patience.pause(for: context.device)
            guard pause == .zero else {
                let seconds = Quantity(language: context.language).duration(seconds: Int(pause.components.seconds) + 1)
                return login(context, failure: words("login_wait", seconds), status: .tooManyRequests)
            }
            guard let kept = try await owner.recognises(form["password"]) else {
                await patience.failed(context.device)
                return login(context, failure: words("login_wrong"), status: .unauthorized)
            }
            await patience.succeeded(context.device)
            return await loggedIn(by: kept)
        }
    }

    private func welcome(_ context: WebContext, weakness: String?) -> Response {
        let words = pages.words(context.language)
        var values: [String: Any] = ["shortest": PassphraseWeakness.shortest]
        values["problem"] = weakness.map { words($0) }
        return pages.page(
            "welcome", values, for: context, status: weakness == nil ? .ok : .unprocessableContent)
    }

    private func login(_ context: WebContext, failure: String?, status: HTTPResponse.Status = .ok) -> Response {
        pages.page("login", failure.map { ["problem": $0] } ?? [:], for: context, status: status)
    }

    /// A new name for the cookie: one that somebody planted before is worth nothing.
    private func loggedIn(by password: Password, to path: String = "/") async -> Response {
        var response = Self.redirect(to: path)
        response.setCookie(Gate.visitor(await sessions.begin(by: password)))
        return response
    }
}
