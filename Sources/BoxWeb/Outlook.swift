import BoxAPI

/// How the box is and who is there, asked at most once a second however many people look.
///
/// torboxd answers the pages so many times a second and no more; without this a guest who looks again and again would
/// keep the owner from acting.
actor Outlook {
    struct View: Sendable {
        let status: StatusReport
        let devices: [DeviceReport]
    }

    private let ask: @Sendable (BoxAPI.Request) async throws -> Reply
    private var latest: (view: Task<View, any Error>, at: ContinuousClock.Instant)?

    init(ask: @escaping @Sendable (BoxAPI.Request) async throws -> Reply) {
        self.ask = ask
    }

    /// - Throws: ``APIError`` where torboxd does not answer, or not this.
    func view() async throws -> View {
        if let latest, .now - latest.at < .seconds(1) { return try await latest.view.value }
        let view = Task { [ask] in
            guard case .status(let status) = try await ask(.status),
                case .devices(let devices) = try await ask(.devices)
            else { throw APIError(.noAnswer, "torboxd answered something else") }
            return View(status: status, devices: devices)
        }
        latest = (view, .now)
        return try await view.value
    }

    /// For a change: whoever looks next sees it.
    func forget() {
        latest = nil
    }
}
