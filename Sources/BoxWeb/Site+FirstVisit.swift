import Hummingbird

extension Site {
    /// What the owner decides once the password is chosen, a step a page; each step holds by itself.
    func addFirstVisitPages(to router: Router<WebContext>) {
        for step in FirstStep.allCases {
            show(RouterPath(step.path), to: .owner, router) { _, context in try await page(of: step, context) }
            if step == .done { continue }
            change(RouterPath(step.path), by: .owner, router) { typed, context in
                try await taken(step, typed, context)
            }
        }
    }

    private func page(of step: FirstStep, _ context: WebContext) async throws -> Response {
        let words = pages.words(context.language)
        var values: [String: Any] = ["action": step.path]
        values["progress"] = words("first_progress", "\(step.number)", "\(FirstStep.allCases.count)")
        values["back"] = step.previous?.path
        values["skip"] = step.next?.path
        switch step {
        case .language:
            values["languages"] = Language.allCases.map {
                ["name": $0.rawValue, "ownName": $0.ownName, "isChosen": $0 == context.language]
            }
            return pages.page("language", values, for: context)
        case .ownTor: return try await shown(.ownTor, step: step, context)
        case .wifi: return try await shown(.wifi, step: step, context)
        case .connection: return try await shown(.connection, step: step, context)
        case .promises: return pages.page("promises", values, title: words("protects_title"), for: context)
        case .done:
            values["text"] = words("first_done_text")
            values["forms"] = summaries(of: try await settings(), FirstStep.allCases.compactMap(\.form), context)
            values["home"] = "/"
            return pages.page("settings", values, title: words("first_done_title"), for: context)
        }
    }

    private func taken(_ step: FirstStep, _ typed: Form, _ context: WebContext) async throws -> Response {
        if let form = step.form { return try await taken(form, typed, step: step, context) }
        var response = Self.redirect(to: step.next?.path ?? "/")
        if step == .language {
            guard let language = Language(rawValue: typed["language"]) else { throw HTTPError(.badRequest) }
            try await firstVisit.choose(language)
            // Also for this reader, who may have chosen another before.
            response.setCookie(Gate.language(language))
        } else {
            try await firstVisit.end()
        }
        return response
    }
}
