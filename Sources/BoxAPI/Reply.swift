import BoxModel

/// What torboxd answers.
public enum Reply: Codable, Sendable, Hashable {
    case status(StatusReport)
    case devices([DeviceReport])
    /// A change holds, and is on disk.
    case done
    case doors([DoorsReport])
    case time(TimeReport)
    case settings(Settings)
    case why(WhyReport)
    case machine(MachineReport)
    case airlock(AirlockReport)
    case backup(BackupFile)
    case circuits(CircuitsReport)
    case newIdentity(NewIdentityReport)
    /// Oldest first.
    case torLog([TorLogLine])
    case refused(Refusal)
    case traffic(TrafficReport)
    case refusals([RefusalsReport])
    case updates(UpdatesReport)
}

/// How the box is.
public struct StatusReport: Codable, Sendable, Hashable {
    /// A word of `BoxState`, or `unknown` before the first decision.
    public var state: String
    /// What keeps the box from carrying its clients, in plain words.
    public var obstacle: String?
    /// The same as a word, for whoever speaks another language.
    public var waitingFor: Obstacle?
    /// 0...100 as tor reports it; absent where tor does not answer.
    public var bootstrapPercent: Int?
    /// Such as `0.4.9.11`; absent where tor does not answer.
    public var torVersion: String?
    /// Since torboxd started.
    public var uptimeSeconds: Int
    public var version: String
    /// What the owner should know besides.
    public var notices: [Notice]
    /// The word of the `OwnTorPolicy` in force.
    public var ownTorPolicy: String
    /// Whether a guest may tick their own device, under the policy `chosen`.
    public var guestsChooseOwnTor: Bool
    /// Whether it is noted to whom that was addressed which is refused.
    public var notesPlaces: Bool

    /// One thing that the owner should know.
    public struct Notice: Codable, Sendable, Hashable {
        public enum Code: String, Codable, Sendable, CaseIterable {
            case clockUnconfirmed, noValidConsensus, documentRefused, devicesLost, guardsSpent
            case settingsOnTrial, settingsTakenBack
            case updatesOverdue
        }

        /// For whoever speaks another language.
        public var code: Code
        /// What the sentence names, in its order: a device, a time, a reason in English.
        public var details: [String]
        /// The whole in plain words.
        public var words: String

        public init(_ code: Code, _ details: [String] = [], words: String) {
            (self.code, self.details, self.words) = (code, details, words)
        }
    }

    public enum Obstacle: String, Codable, Sendable, CaseIterable {
        case airlock, noUplinkAddress, noWay, sameNetwork, clockNotTrusted, torNotRunning, bootstrapping, bridgesFail
        case newSettings, stopping, snowflakeNotRunning
    }

    public init(
        state: String, obstacle: String?, waitingFor: Obstacle?, bootstrapPercent: Int?, torVersion: String?,
        uptimeSeconds: Int, version: String, notices: [Notice], ownTorPolicy: String, guestsChooseOwnTor: Bool,
        notesPlaces: Bool = false
    ) {
        self.state = state
        self.obstacle = obstacle
        self.waitingFor = waitingFor
        self.bootstrapPercent = bootstrapPercent
        self.torVersion = torVersion
        self.uptimeSeconds = uptimeSeconds
        self.version = version
        self.notices = notices
        self.ownTorPolicy = ownTorPolicy
        self.guestsChooseOwnTor = guestsChooseOwnTor
        self.notesPlaces = notesPlaces
    }
}

/// A device that the box remembers.
public struct DeviceReport: Codable, Sendable, Hashable {
    public var name: String
    /// For the owner alone, who must tell one telephone from another.
    public var hardwareAddress: String
    public var isConnected: Bool
    public var addresses: [String]
    /// Days, as `2026-11-22`.
    public var firstSeen: String
    public var lastSeen: String
    public var ownTor: Bool
    public var isBlocked: Bool
    /// What the kernel counts; absent where it holds no ruleset.
    public var use: Use?

    /// How much a device used the box.
    public struct Use: Codable, Sendable, Hashable {
        /// Since the ruleset was loaded; anew after a day of silence.
        public var sentBytes: Int
        public var receivedBytes: Int
        /// Between the box's last two looks; absent before the second.
        public var now: Rate?
        /// Distinct guards opened by its own Tor on the day that began with the first, and how many it may open.
        public var guardsOpened: Int
        public var guardsPerDay: Int

        public var hasOpenedAllGuards: Bool { guardsOpened >= guardsPerDay }

        public init(sentBytes: Int, receivedBytes: Int, now: Rate? = nil, guardsOpened: Int, guardsPerDay: Int) {
            self.sentBytes = sentBytes
            self.receivedBytes = receivedBytes
            self.now = now
            self.guardsOpened = guardsOpened
            self.guardsPerDay = guardsPerDay
        }
    }

    public init(
        name: String, hardwareAddress: String, isConnected: Bool, addresses: [String], firstSeen: String,
        lastSeen: String, ownTor: Bool, isBlocked: Bool, use: Use?
    ) {
        self.name = name
        self.hardwareAddress = hardwareAddress
        self.isConnected = isConnected
        self.addresses = addresses
        self.firstSeen = firstSeen
        self.lastSeen = lastSeen
        self.ownTor = ownTor
        self.isBlocked = isBlocked
        self.use = use
    }
}

/// One of the kernel's sets of addresses and ports.
public struct DoorsReport: Codable, Sendable, Hashable {
    /// Family, table and set, as nft names them.
    public var set: String
    public var count: Int
    /// Sorted; `192.0.2.1:443` or `[2001:db8::1]:443`.
    public var endpoints: [String]

    public init(set: String, endpoints: [String]) {
        self.set = set
        count = endpoints.count
        self.endpoints = endpoints
    }
}

/// What would happen to a connection.
public struct WhyReport: Codable, Sendable, Hashable {
    public enum Fate: String, Codable, Sendable, CaseIterable {
        /// The box's tor takes it.
        case carried
        /// It leaves the box straight to its destination, a relay.
        case passed
        /// The box itself is asked.
        case answeredByBox
        /// The device is told at once that it cannot be.
        case refused
        /// The device hears nothing.
        case dropped
    }

    public var destination: String
    /// The device's name; absent for one without settings.
    public var device: String?
    public var fate: Fate
    /// The chain and the rule that decide, as the kernel holds them.
    public var rule: String

    public init(destination: String, device: String?, fate: Fate, rule: String) {
        self.destination = destination
        self.device = device
        self.fate = fate
        self.rule = rule
    }
}

/// Why there is no other answer.
public struct Refusal: Codable, Sendable, Hashable {
    public enum Kind: String, Codable, Sendable, CaseIterable {
        /// The message is none of this version's.
        case notUnderstood
        case notAdmitted
        /// Too many requests at a time.
        case busy
        /// No such device, a name that is taken, an address that is none.
        case badArgument
        /// The kernel's rules hold something that the reader does not know.
        case cannotSay
        case failed
        /// Somebody else's business in this installation.
        case notHere
    }

    public var kind: Kind
    public var message: String
    /// For settings that are refused: each mistake, with the configuration's key.
    public var mistakes: [Mistake]?
    /// The message as a word, where there is one for it.
    public var reason: Reason?

    /// One mistake in settings.
    public struct Mistake: Codable, Sendable, Hashable {
        /// Such as `bridges.lines[2]`.
        public var key: String
        public var found: String
        public var allowed: String
        /// Both in one, where there is a word for it.
        public var reason: Reason?

        public init(key: String, found: String, allowed: String, reason: Reason? = nil) {
            (self.key, self.found, self.allowed, self.reason) = (key, found, allowed, reason)
        }
    }

    public init(_ kind: Kind, _ message: String, reason: Reason? = nil, mistakes: [Mistake]? = nil) {
        self.kind = kind
        self.message = message
        self.mistakes = mistakes
        self.reason = reason
    }
}
