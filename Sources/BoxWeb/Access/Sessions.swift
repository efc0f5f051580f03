import BoxPassword

/// Who is logged in, in memory only: a restart of the pages logs everybody out.
actor Sessions {
    struct Session: Sendable {
        /// What the forms of this session carry, so that no other site can send them.
        let formToken = Secret()
        /// Another one ends it: whoever knew this one is out.
        let password: Password
        let began: ContinuousClock.Instant
        var lastUse: ContinuousClock.Instant
    }

    /// Without a request.
    static let idleLimit = Duration.seconds(30 * 60)
    /// In all.
    static let limit = Duration.seconds(12 * 60 * 60)
    /// A person has a few browsers; more are left over from somewhere.
    static let count = 32

    private let owner: Owner
    private var sessions: [String: Session] = [:]

    init(of owner: Owner) {
        self.owner = owner
    }

    /// - Parameter password: by which the owner was recognised.
    /// - Returns: what the browser keeps in its cookie.
    func begin(by password: Password, at now: ContinuousClock.Instant = .now) -> String {
        forgetOld(at: now)
        if sessions.count >= Self.count, let oldest = sessions.min(by: { $0.value.lastUse < $1.value.lastUse }) {
            sessions[oldest.key] = nil
        }
        let name = Secret().text
        sessions[name] = Session(password: password, began: now, lastUse: now)
        return name
    }

    /// Finds the session of a cookie and counts this as its use.
    ///
    /// - Throws: `PasswordError` where nobody can tell whether it holds.
    func session(_ name: String, at now: ContinuousClock.Instant = .now) throws -> Session? {
        guard try holds(name, at: now) else { return nil }
        sessions[name]?.lastUse = now
        return sessions[name]
    }

    /// Whether it has not ended; no use of it.
    ///
    /// - Throws: as ``session(_:at:)``.
    func holds(_ name: String, at now: ContinuousClock.Instant = .now) throws -> Bool {
        forgetOld(at: now)
        guard let session = sessions[name] else { return false }
        return try session.password == owner.password
    }

    func end(_ name: String) {
        sessions[name] = nil
    }

    private func forgetOld(at now: ContinuousClock.Instant) {
        sessions = sessions.filter { now - $0.value.lastUse < Self.idleLimit && now - $0.value.began < Self.limit }
    }
}
