import BoxAPI
import BoxModel
import QRCode

/// A form as one reader sees it: what its fields hold, what is wrong with them, and where it leads.
struct FormPage {
    let form: SettingsForm
    let texts: FieldTexts
    /// Where it is a step of the first visit.
    let step: FirstStep?
    var remarks: [SettingsForm.Remark] = []
    /// Why torboxd did not take it, where no field is to blame.
    var failure: String?
    /// Whether what it shows holds since just now.
    var isSaved = false
    /// The network that it tells of in a picture, where what it shows is in force.
    var wifi: Settings.WiFi?

    var action: String { step?.path ?? form.path }

    /// Where a form leads that was taken.
    var next: String {
        if let step { return step.next?.path ?? "/" }
        // The home page shows how far Tor has come.
        return form.reconnects ? "/" : "\(form.path)?saved=yes"
    }

    /// For the template of the form alone.
    func fieldValues(_ words: Words) -> [String: Any] {
        var values: [String: Any] = [:]
        for (field, text) in texts {
            values[field] = text
            // For boxes and choices.
            if !text.isEmpty { values["\(field)Is\(text)"] = true }
        }
        for field in form.fields {
            let list = remarks.filter { $0.field == field }.map { ["text": sentence($0, words)] }
            if !list.isEmpty { values["\(field)Remark"] = ["remark": ["id": "\(field)-remark", "list": list]] }
        }
        if let wifi {
            values["isWeak"] = PassphraseWeakness(of: wifi.password) != nil
            if let code = QRCode(of: wifi.joining) { values["code"] = ["size": code.size, "path": code.path] }
        }
        return values
    }

    /// For the page around it.
    func values(_ words: Words) -> [String: Any] {
        var values: [String: Any] = ["action": action, "isSaved": isSaved, "reconnects": form.reconnects]
        values["button"] = words(step == nil ? "settings_button" : "first_next")
        values["progress"] = step.map { words("first_progress", "\($0.number)", "\(FirstStep.allCases.count)") }
        values["back"] = step == nil ? "/settings" : step?.previous?.path
        values["skip"] = step?.next?.path
        var list = remarks.map { remark -> [String: Any] in
            var row: [String: Any] = ["text": sentence(remark, words)]
            row["field"] = remark.field
            row["detail"] = detail(remark)
            return row
        }
        if let failure { list.insert(["text": failure], at: 0) }
        if !list.isEmpty { values["remarks"] = ["title": words("settings_refused"), "list": list] }
        return values
    }

    private func sentence(_ remark: SettingsForm.Remark, _ words: Words) -> String {
        guard remark.field != nil, let text = SettingsForm.sentence(on: remark.mistake, words) else {
            let text = words("settings_other", remark.mistake.key)
            return remark.mistake.reason.map { "\(text) \(words($0))" } ?? text
        }
        return remark.line.map { words("settings_line", "\($0)", text) } ?? text
    }

    /// What torboxd says of it, in its own language: of a line it knows more than one sentence for all can tell.
    private func detail(_ remark: SettingsForm.Remark) -> String? {
        guard remark.mistake.reason == nil, remark.field.map(SettingsForm.isText) ?? true else { return nil }
        let parts = [remark.mistake.found, remark.mistake.allowed].filter { !$0.isEmpty }
        return parts.isEmpty ? nil : parts.joined(separator: "; ")
    }
}
