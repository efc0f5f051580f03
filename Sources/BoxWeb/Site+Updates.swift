import BoxAPI
import Hummingbird

extension Site {
    /// What the owner may ask of the machine's packages; the system's page shows how they are.
    func addUpdates(to router: Router<WebContext>) {
        change("/system/update", by: .owner, router) { _, context in
            let words = pages.words(context.language)
            if case .refused(let refusal) = try await ask(.update) {
                guard refusal.kind == .failed else { throw refusal }
                return pages.message(
                    words("updates_refused"), detail: refusal.message, back: "/system", for: context,
                    status: .unprocessableContent)
            }
            return pages.message(words("updates_started"), back: "/system#updates", for: context)
        }
    }

    func updatesTable(_ updates: UpdatesReport, _ context: WebContext) -> [String: Any] {
        let words = pages.words(context.language)
        let quantity = Quantity(language: context.language)
        var values: [String: Any] = [
            "checked": updates.checked.map(quantity.moment) ?? words("updates_never"),
            "hasPending": !updates.pending.isEmpty,
            "pending": updates.pending.map { package -> [String: Any] in
                var values: [String: Any] = ["name": package.name, "available": package.available]
                values["installed"] = package.installed
                return values
            },
        ]
        if let running = updates.running {
            values["running"] = [
                "words": words("updatestep_\(running.step.rawValue)"), "hasPercent": running.percent != nil,
                "percent": running.percent ?? 0,
            ]
        }
        if let failure = updates.failure {
            values["failure"] = ["time": quantity.moment(failure.time), "reason": failure.reason]
        }
        if !updates.restartFor.isEmpty {
            values["restart"] = words("updates_restart", updates.restartFor.joined(separator: ", "))
        }
        return values
    }
}
