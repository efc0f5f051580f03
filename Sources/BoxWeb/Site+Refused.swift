import BoxAPI
import Hummingbird

extension Site {
    /// Why something did not work: for everybody about the device they use, for the owner about each.
    func addRefusedPages(to router: Router<WebContext>) {
        show("/why", to: .anyone, router) { request, context in
            guard try owner.isKnown else { return Self.redirect(to: "/welcome") }
            let view = try await outlook.view()
            // Forms write a space as a plus, which no device's name has.
            let wanted = request.uri.queryParameters["device"].map { String($0).replacing("+", with: " ") }
            var device = view.device(at: context.device)
            if context.isOwner, let wanted {
                device = view.devices.first { $0.name == wanted }
                guard device != nil else { throw Refusal(.badArgument, "no device is called so") }
            }
            var values = refusals(of: device, in: try await outlook.refusals(), context)
            values["placesKept"] = pages.words(context.language)(
                view.status.notesPlaces ? "blocked_places_on" : "blocked_places_off")
            if context.isOwner {
                values["isOwner"] = true
                values["devices"] = view.devices.map { ["name": $0.name, "isChosen": $0.name == device?.name] }
                let destination = request.uri.queryParameters["destination"].map { String($0.prefix(80)) } ?? ""
                if !destination.isEmpty { try await values.merge(fate(of: destination, context)) { $1 } }
            }
            return pages.page("why", values, for: context)
        }
    }

    private func refusals(
        of device: DeviceReport?, in reports: [RefusalsReport], _ context: WebContext
    ) -> [String: Any] {
        let words = pages.words(context.language)
        guard let device else { return ["nothing": words("blocked_unknown")] }
        let quantity = Quantity(language: context.language)
        let report = reports.first { $0.device == device.name }
        let entries = report?.entries ?? []
        var values: [String: Any] = ["device": device.name, "isBlocked": device.isBlocked]
        values["kinds"] = entries.map { entry in
            [
                "title": words("blocked_\(entry.kind.rawValue)_title"), "text": words("blocked_\(entry.kind.rawValue)"),
                "when": words(
                    "blocked_when", quantity.count(entry.count), quantity.duration(seconds: entry.lastSecondsAgo)),
            ]
        }
        // Whoever uses a device after another, or takes its address over, is a guest as well.
        if context.isOwner, let places = report?.destinations, !places.isEmpty {
            values["hasPlaces"] = true
            values["places"] = places
        }
        if entries.isEmpty { values["nothing"] = words("blocked_nothing") }
        return values
    }

    private func fate(of destination: String, _ context: WebContext) async throws -> [String: Any] {
        guard case .why(let report) = try await ask(.why(destination: destination, device: nil)) else {
            throw HTTPError(.badGateway)
        }
        let words = pages.words(context.language)
        return [
            "destination": report.destination, "fate": words("fate_\(report.fate.rawValue)"), "rule": report.rule,
        ]
    }
}
