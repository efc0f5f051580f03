import BoxAPI
import BoxModel
import Hummingbird

extension Site {
    /// The owner's settings, each form on a page of its own.
    func addSettingsPages(to router: Router<WebContext>) {
        show("/settings", to: .owner, router) { _, context in
            let words = pages.words(context.language)
            return pages.page(
                "settings",
                [
                    "text": words("settings_text"),
                    "forms": summaries(of: try await settings(), SettingsForm.allCases, context),
                ], for: context)
        }
        for form in SettingsForm.allCases {
            show(RouterPath(form.path), to: .owner, router) { request, context in
                let isSaved = request.uri.queryParameters["saved"] != nil
                return try await shown(form, step: nil, isSaved: isSaved, context)
            }
            change(RouterPath(form.path), by: .owner, router) { typed, context in
                try await taken(form, typed, step: nil, context)
            }
        }
    }

    /// A form over the settings as they are in force.
    func shown(
        _ form: SettingsForm, step: FirstStep?, isSaved: Bool = false, _ context: WebContext
    ) async throws -> Response {
        let settings = try await settings()
        var texts = form.texts(of: settings)
        if form == .wifi, settings.wifi == nil { texts["password"] = Settings.WiFi.proposedPassword() }
        let wifi = form == .wifi ? settings.wifi : nil
        return page(FormPage(form: form, texts: texts, step: step, isSaved: isSaved, wifi: wifi), context)
    }

    /// Puts what was typed in force; where that cannot be, shows it again with every mistake, and nothing of it is lost.
    func taken(
        _ form: SettingsForm, _ typed: Form, step: FirstStep?, _ context: WebContext
    ) async throws -> Response {
        let words = pages.words(context.language)
        let texts = FieldTexts(uniqueKeysWithValues: form.fields.map { ($0, typed[$0]) })
        var page = FormPage(form: form, texts: texts, step: step)
        do {
            var settings = try await settings()
            page.remarks = form.put(texts, into: &settings).map { form.remark(on: $0, in: texts) }
            guard page.remarks.isEmpty else { return self.page(page, context, status: .unprocessableContent) }
            guard case .refused(let refusal) = try await ask(.change(settings: settings)) else {
                await outlook.forget()
                return Self.redirect(to: page.next)
            }
            throw refusal
        } catch let refusal as Refusal {
            page.remarks = (refusal.mistakes ?? []).map { form.remark(on: $0, in: texts) }
            if page.remarks.isEmpty { page.failure = words("refused_\(refusal.kind.rawValue)") }
            return self.page(page, context, status: .unprocessableContent)
        } catch is APIError {
            page.failure = words("daemon_silent")
            return self.page(page, context, status: .serviceUnavailable)
        }
    }

    /// What the owner chose in each form, in a few words, with the way there.
    func summaries(of settings: Settings, _ forms: [SettingsForm], _ context: WebContext) -> [[String: Any]] {
        let words = pages.words(context.language)
        return forms.map { form in
            [
                "path": form.path, "title": words("form_\(form.rawValue)_title"),
                "summary": form.summary(of: settings, words),
            ]
        }
    }

    /// - Throws: ``Refusal`` or ``APIError`` where torboxd does not say.
    func settings() async throws -> Settings {
        switch try await ask(.settings) {
        case .settings(let settings): return settings
        case .refused(let refusal): throw refusal
        case _: throw APIError.anotherAnswer
        }
    }

    private func page(_ page: FormPage, _ context: WebContext, status: HTTPResponse.Status = .ok) -> Response {
        let words = pages.words(context.language)
        var values = page.values(words)
        values["fields"] = pages.fragment("\(page.form.rawValue)Form", page.fieldValues(words), for: context)
        return pages.page(
            "setting", values, title: words("form_\(page.form.rawValue)_title"), for: context, status: status)
    }
}
