/// What is known of the time.
public struct TimeReport: Codable, Sendable, Hashable {
    /// Who stands for the clock.
    public enum Trust: String, Codable, Sendable, CaseIterable {
        case none
        /// Behind bridges or a proxy: within the bounds, confirmed by nobody.
        case provisional
        case owner
        /// A quorum of relays.
        case confirmed
    }

    public var trust: Trust
    /// The machine's clock, right or wrong; as all times here, in seconds since 1970.
    public var now: Int64
    /// No relay can have the clock set before or after these.
    public var earliest: Int64
    public var latest: Int64
    /// Since relays last agreed; absent where they have not since torboxd started.
    public var checkedSecondsAgo: Int?
    /// By how many seconds the clock is behind what the relays agreed on: the least and the most.
    public var behind: [Double]?
    public var agreeing: [ClockWitness]
    public var dissenting: [ClockWitness]
    /// Why relays of the last round gave no time.
    public var failures: [String]
    /// What the owner should know.
    public var notice: String?

    public init(
        trust: Trust, now: Int64, earliest: Int64, latest: Int64, checkedSecondsAgo: Int?, behind: [Double]?,
        agreeing: [ClockWitness], dissenting: [ClockWitness], failures: [String], notice: String?
    ) {
        self.trust = trust
        self.now = now
        self.earliest = earliest
        self.latest = latest
        self.checkedSecondsAgo = checkedSecondsAgo
        self.behind = behind
        self.agreeing = agreeing
        self.dissenting = dissenting
        self.failures = failures
        self.notice = notice
    }
}

/// A relay that was asked for the time.
public struct ClockWitness: Codable, Sendable, Hashable {
    /// Its fingerprint.
    public var relay: String
    public var endpoint: String
    /// In seconds, from what most relays say to what it says.
    public var deviation: Int

    public init(relay: String, endpoint: String, deviation: Int) {
        self.relay = relay
        self.endpoint = endpoint
        self.deviation = deviation
    }
}
