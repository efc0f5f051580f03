import BoxAPI
import Hummingbird

extension Site {
    /// How the box is and, for a device on the LAN, how it is with this device; nothing of any other.
    func glance(for context: WebContext) async throws -> [String: Any] {
        let view = try await outlook.view()
        let status = view.status
        let words = pages.words(context.language)
        let state = ["closed", "clock", "connecting", "open"].contains(status.state) ? status.state : "unknown"
        let percent = status.bootstrapPercent ?? 0
        var values: [String: Any] = [
            "state": state,
            "stateTitle": words("state_\(state)_title"),
            "stateText": words("state_\(state)_text"),
            "isConnecting": state == "connecting",
            "percent": percent,
            "percentText": words("state_percent", "\(percent)"),
            "isOpen": state == "open",
        ]
        if let obstacle = status.waitingFor { values["obstacle"] = words("waiting_\(obstacle.rawValue)") }
        if let mine = view.device(at: context.device) {
            values["mine"] = mine.isBlocked ? words("mine_blocked") : words("mine_known", mine.name)
            values["isBlocked"] = mine.isBlocked
        }
        if context.isOwner {
            values["notices"] = status.notices.map(words.callAsFunction)
            values["traffic"] = traffic(try await outlook.traffic(), context)
            let present = view.devices.count { $0.isConnected }
            values["deviceCount"] = words("home_devices", Quantity(language: context.language).count(present))
        }
        return values
    }

    /// Sends the glance anew whenever it changes (server-sent events), until the reader goes away.
    func live(_ request: Hummingbird.Request, _ context: WebContext) -> Response {
        Response(
            status: .ok, headers: [.contentType: "text/event-stream"],
            body: ResponseBody { writer in
                try await request.body.consumeWithCancellationOnInboundClose { _ in
                    var shown = ""
                    for beat in 0... where !Task.isCancelled {
                        // The browser comes back by itself, as the guest that it is now.
                        if context.isOwner, try await !sessions.holds(context.visitor) { break }
                        let values = try await glance(for: context)
                        let text = pages.fragment("glance", values, for: context)
                        if text != shown || beat.isMultiple(of: 15) {
                            let lines = text.split(separator: "\n").map { "data: \($0)\n" }.joined()
                            try await writer.write(ByteBuffer(string: lines + "\n"))
                            shown = text
                        }
                        try await Task.sleep(for: .seconds(2))
                    }
                }
                try await writer.finish(nil)
            })
    }
}
