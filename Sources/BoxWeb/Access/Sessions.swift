/// Who is logged in, in memory only: a restart of the pages logs everybody out.
actor Sessions {
    struct Session: Sendable {
        /// What the forms of this session carry, so that no other site can send them.
        let formToken = Secret()
        let began: ContinuousClock.Instant
        var lastUse: ContinuousClock.Instant
    }

    /// Without a request.
    static let idleLimit = Duration.seconds(30 * 60)
    /// In all.
    static let limit = Duration.seconds(12 * 60 * 60)
    /// A person has a few browsers; more are left over from somewhere.
    static let count = 32

    private var sessions: [String: Session] = [:]

    /// - Returns: what the browser keeps in its cookie.
    func begin(at now: ContinuousClock.Instant = .now) -> String {
        forgetOld(at: now)
        if sessions.count >= Self.count, let oldest = sessions.min(by: { $0.value.lastUse < $1.value.lastUse }) {
            sessions[oldest.key] = nil
        }
        let name = Secret().text
        sessions[name] = Session(began: now, lastUse: now)
        return name
    }

    /// Finds the session of a cookie and counts this as its use.
    func session(_ name: String, at now: ContinuousClock.Instant = .now) -> Session? {
        forgetOld(at: now)
        sessions[name]?.lastUse = now
        return sessions[name]
    }

    func end(_ name: String) {
        sessions[name] = nil
    }

    /// For a new password: whoever knew the old one is out.
    func endAll() {
        sessions = [:]
    }

    private func forgetOld(at now: ContinuousClock.Instant) {
        sessions = sessions.filter { now - $0.value.lastUse < Self.idleLimit && now - $0.value.began < Self.limit }
    }
}
