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
                return problem(words("password_differs"), context)
            }
            if let weakness = PassphraseWeakness(of: form["passphrase"]) {
                return problem(words("password_\(weakness.rawValue)"), context)
            }
            let reply = try await ask(.backup(passphrase: form["passphrase"]))
            if case .refused(let said) = reply {
                return refused(words("backup_refused"), said, back: "/system/backup", context)
            }
            guard case .backup(let file) = reply else { throw HTTPError(.badGateway) }
            var response = pages.response(file.text, "application/octet-stream")
            response.headers[.contentDisposition] = "attachment; filename=\"torbox-backup.asc\""
            return response
        }
        change("/system/restore", by: .owner, taking: .files, router) { form, context in
            let words = pages.words(context.language)
            guard let file = BackupFile(form.file("backup")) else {
                return problem(words("restore_no_backup"), context)
            }
            if case .refused(let said) = try await ask(.restore(file: file.text, passphrase: form["passphrase"])) {
                return refused(words("restore_refused"), said, back: "/system/backup", context)
            }
            await outlook.forget()
            return pages.message(words("restore_done"), back: "/system", for: context)
        }
    }

    private func problem(_ text: String, _ context: WebContext) -> Response {
        pages.message(text, back: "/system/backup", for: context, status: .unprocessableContent)
    }
}
