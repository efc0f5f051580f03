import BoxModel
import NetAddress

/// Decides what the box lets through: events in, effects out, no I/O.
///
/// The state is never set; it follows from the facts that the events bring. Until each fact is known once, nothing is
/// decided, so that a restarted torboxd leaves the sets as it found them.
public struct Supervisor: Sendable {
    public struct Facts: Sendable, Equatable {
        public var airlock: Airlock?
        public var uplinkAddresses: Set<Network>?
        public var sources: Set<IPAddress>?
        public var clock: Clock?
        public var clockRound: Set<Endpoint> = []
        public var tor: Tor?
        public var snowflake: Snowflake?
        /// Since tor last came on.
        public var bridgeFailure: BridgeFailure?
        public var entrances: Entrances?
        public var refusedDocuments: [String] = []
        public var devices: Devices?
        public var handOver: HandOver?
        public var isStopping = false
    }

    /// What the owner decided of single devices.
    public struct Devices: Sendable, Equatable {
        public var ownTor: Set<HardwareAddress>
        public var blocked: Set<HardwareAddress>
    }

    private let lan: [Network]
    private let policy: OwnTorPolicy
    private let notesPlaces: Bool
    public private(set) var facts = Facts()
    public private(set) var situation: Situation?
    private var openings: Openings?
    private var torReach: TorReach?
    /// The port that this tor was told of.
    private var snowflakePort: UInt16?
    private var servesTime: Bool?
    /// The round of questions for the time that was let out last.
    private var askedRound: Set<Endpoint> = []

    /// - Parameters:
    ///   - lan: the LAN's own networks, which must not stand on the uplink too.
    ///   - policy: whose own Tor goes straight to its guard.
    ///   - notesPlaces: whether it is noted to whom that was addressed which is refused.
    public init(lan: [Network], policy: OwnTorPolicy, notesPlaces: Bool = false) {
        self.lan = lan
        self.policy = policy
        self.notesPlaces = notesPlaces
    }

    /// What the owner should know besides the situation.
    public var notices: [Notice] {
        (facts.clock == .provisional ? [.clockUnconfirmed] : [])
            + (facts.entrances?.hasValidConsensus == false ? [.noValidConsensus] : [])
            + facts.refusedDocuments.map { .documentRefused($0) }
    }

    /// Takes one event in and tells what to do now, in this order.
    public mutating func handle(_ event: Event) -> [Effect] {
        let remedies = learn(event)
        guard let next = Self.situation(facts, lan: lan) else { return remedies }
        return remedies + effects(towards: next)
    }

    /// Takes the event into the facts; returns what the event itself calls for, whatever the state.
    private mutating func learn(_ event: Event) -> [Effect] {
        switch event {
        case .airlock(let airlock):
            facts.airlock = airlock
            return airlock == .held ? [.raiseInterfaces] : [.lowerUplinks, .loadAirlock]
        case .uplink(let addresses):
            facts.uplinkAddresses = addresses
        case .sources(let sources):
            facts.sources = sources
        case .clock(let clock):
            facts.clock = clock
        case .clockRound(let relays):
            facts.clockRound = relays
            if relays.isEmpty { askedRound = [] }
        case .torAnswers(let bootstrap):
            facts.tor = .answers(bootstrap: bootstrap)
            facts.bridgeFailure = nil
        case .snowflake(let snowflake):
            facts.snowflake = snowflake
        case .torGone:
            facts.tor = .gone
            facts.bridgeFailure = nil
        case .torBootstrap(let percent):
            // Without an answering tor this is an old event that was still on its way.
            if case .answers(let before) = facts.tor, before != percent {
                facts.tor = .answers(bootstrap: percent)
                facts.bridgeFailure = nil
            }
        case .bridgeFailed(let failure):
            facts.bridgeFailure = failure
        case .entrances(let entrances):
            facts.entrances = entrances
        case .documentsRefused(let reasons):
            facts.refusedDocuments = reasons
        case .devices(let ownTor, let blocked):
            facts.devices = Devices(ownTor: ownTor, blocked: blocked)
        case .openingsRefused(let reason):
            // What the kernel holds is unknown now, so nothing may be taken as applied.
            facts.airlock = .broken(reason)
            openings = nil
            return [.lowerUplinks, .loadAirlock]
        case .handOver(let handOver):
            facts.handOver = handOver
        case .stopping:
            facts.isStopping = true
        }
        return []
    }

    private mutating func effects(towards next: Situation) -> [Effect] {
        var effects: [Effect] = []
        var nextOpenings = Self.openings(next.state, facts, policy)
        // In every state, but not by a daemon that ends: the next one may have been told to forget.
        nextOpenings.notesPlaces =
            notesPlaces && facts.airlock == .held && !facts.isStopping && facts.handOver == nil
        if nextOpenings != openings {
            effects.append(.apply(nextOpenings))
            if nextOpenings.carriesLAN != openings?.carriesLAN {
                effects.append(.resolveThroughTor(nextOpenings.carriesLAN))
            }
            openings = nextOpenings
        }
        if next.state >= .clock, askedRound != facts.clockRound {
            effects.append(.askForTime)
            askedRound = facts.clockRound
        }
        let nextTorReach = Self.torReach(next.state, facts)
        if case .answers = facts.tor {
            if case .listens(let port) = facts.snowflake, port != snowflakePort {
                effects.append(.leadTorToSnowflake(port: port))
                snowflakePort = port
            }
            if torReach != nextTorReach {
                effects.append(.letTorConnect(nextTorReach))
                torReach = nextTorReach
            }
        } else {
            // A tor that comes back starts with its network disabled.
            torReach = nil
            snowflakePort = nil
        }
        if let clock = facts.clock, (clock == .trusted) != servesTime {
            effects.append(.serveTime(clock == .trusted))
            servesTime = clock == .trusted
        }
        if next != situation {
            effects.append(.announce(next))
            situation = next
        }
        return effects
    }
}
