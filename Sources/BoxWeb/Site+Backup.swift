import BoxAPI
import BoxModel
import HTTPTypes
import Hummingbird

extension Site {
    /// The settings as one file to keep, and back from it.
    func addBackupPages(to router: Router<WebContext>) {
        show("/system/backup", to: .owner, router) { _, context in pages.page("backup", for: context) }
        change("/system/backup", by: .owner, router) { form, context in
            let words = pages.words(context.language)
            guard form["passphrase"] == form["again"] else {
                return refusal(words("password_differs"), nil, context)
            }
            if let weakness = PassphraseWeakness(of: form["passphrase"]) {
                return refusal(words("password_\(weakness.rawValue)"), nil, context)
            }
            let reply = try await ask(.backup(passphrase: form["passphrase"]))
            if case .refused(let said) = reply { return refusal(words("backup_refused"), said, context) }
            guard case .backup(let file) = reply else { throw HTTPError(.badGateway) }
            var response = pages.response(file.text, "application/octet-stream")
            response.headers[.contentDisposition] = "attachment; filename=\"torbox-backup.asc\""
            return response
        }
        change("/system/restore", by: .owner, taking: .files, router) { form, context in
            let words = pages.words(context.language)
            guard let file = BackupFile(form.file("backup")) else {
                return refusal(words("restore_no_backup"), nil, context)
            }
            if case .refused(let said) = try await ask(.restore(file: file.text, passphrase: form["passphrase"])) {
                return refusal(words("restore_refused"), said, context)
            }
            await outlook.forget()
            return pages.message(words("restore_done"), back: "/system", for: context)
        }
    }

    private func refusal(_ text: String, _ said: Refusal?, _ context: WebContext) -> Response {
        let mistakes = said?.mistakes?.map { "\($0.key): \($0.found); \($0.allowed)" } ?? []
        return pages.message(
            text, detail: said.map { ([$0.message] + mistakes).joined(separator: "\n") }, back: "/system/backup",
            for: context, status: .unprocessableContent)
    }
}
