/// How far the machine's clock may be relied on.
public enum ClockTrust: String, Codable, Sendable, CaseIterable {
    /// Nothing is known but what the machine woke up with.
    case none
    /// Behind bridges or a proxy no relay can be asked: within the bounds, and perhaps by tor's word, but confirmed by nobody.
    case provisional
    /// The owner said it.
    case owner
    /// A quorum of relays said it in this boot.
    case confirmed

    /// Whether tor may be let out with it.
    public var suffices: Bool { self != .none }
}

/// What an earlier torboxd of the same boot leaves to the next one.
public struct ClockMemory: Codable, Hashable, Sendable {
    public var trust: ClockTrust
    /// The time of day minus the time since start, in nanoseconds; another one shows that somebody moved the clock.
    public var offset: Int64
    public var usedTorsWord: Bool

    public init(trust: ClockTrust, offset: Int64, usedTorsWord: Bool = false) {
        self.trust = trust
        self.offset = offset
        self.usedTorsWord = usedTorsWord
    }
}
