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
    private var latestView = Recent<View>()
    private var latestTraffic = Recent<TrafficReport>()
    private var latestRefusals = Recent<[RefusalsReport]>()

    init(ask: @escaping @Sendable (BoxAPI.Request) async throws -> Reply) {
        self.ask = ask
    }

    /// - Throws: ``APIError`` where torboxd does not answer, or not this.
    func view() async throws -> View {
        try await latestView.answer { [ask] in
            guard case .status(let status) = try await ask(.status),
                case .devices(let devices) = try await ask(.devices)
            else { throw APIError.anotherAnswer }
            return View(status: status, devices: devices)
        }.value
    }

    /// - Throws: as ``view()``.
    func traffic() async throws -> TrafficReport {
        try await latestTraffic.answer { [ask] in
            guard case .traffic(let report) = try await ask(.traffic) else {
                throw APIError.anotherAnswer
            }
            return report
        }.value
    }

    /// Those of all devices at once, so that many who look for their own ask for no more than one does.
    ///
    /// - Throws: as ``view()``.
    func refusals() async throws -> [RefusalsReport] {
        try await latestRefusals.answer { [ask] in
            guard case .refusals(let reports) = try await ask(.refused(device: nil)) else {
                throw APIError.anotherAnswer
            }
            return reports
        }.value
    }

    /// For a change: whoever looks next sees it.
    func forget() {
        latestView = Recent()
        latestRefusals = Recent()
    }
}

extension Outlook.View {
    /// The one device that has an address; `nil` where it is nobody's, or might be another's.
    func device(at address: String) -> DeviceReport? {
        let holders = devices.filter { $0.addresses.contains(address) }
        return holders.count == 1 ? holders[0] : nil
    }
}

/// An answer that serves for a second.
private struct Recent<Value: Sendable> {
    private var latest: (answer: Task<Value, any Error>, at: ContinuousClock.Instant)?

    mutating func answer(_ ask: @escaping @Sendable () async throws -> Value) -> Task<Value, any Error> {
        if let latest, .now - latest.at < .seconds(1) { return latest.answer }
        let answer = Task { try await ask() }
        latest = (answer, .now)
        return answer
    }
}

extension APIError {
    /// torboxd is of another version than the pages.
    static let anotherAnswer = APIError(.noAnswer, "torboxd answered something else")
}
