/// Which way tor takes through its network now. It tells how many connections there are, and of none where it goes.
public struct CircuitsReport: Codable, Sendable, Hashable {
    /// The circuits that serve the devices: those in use first, then the newest; at most ``mostCircuits``.
    public var circuits: [Circuit]
    /// How many there are beyond these.
    public var furtherCircuits: Int
    /// The devices' connections that tor carries or is about to.
    public var streams: Int
    /// The relays by which tor enters its network; at most ``mostGuards``.
    public var guards: [Guard]

    public static let mostCircuits = 12
    public static let mostGuards = 8

    public struct Circuit: Codable, Sendable, Hashable {
        /// Where its end leads.
        public enum Purpose: String, Codable, Sendable, CaseIterable {
            case internet
            /// To an onion service; the service's own relays are not seen from here.
            case onion
        }

        /// tor's name for it.
        public var id: String
        public var purpose: Purpose
        /// Absent where tor does not say.
        public var ageSeconds: Int?
        public var streams: Int
        /// The first one first.
        public var relays: [Relay]

        public init(id: String, purpose: Purpose, ageSeconds: Int?, streams: Int, relays: [Relay]) {
            (self.id, self.purpose, self.ageSeconds, self.streams) = (id, purpose, ageSeconds, streams)
            self.relays = relays
        }
    }

    /// A relay, or a bridge, of which nothing is told but that it is one.
    public struct Relay: Codable, Sendable, Hashable {
        public var isBridge: Bool
        /// Absent for a bridge, as the next two.
        public var fingerprint: String?
        public var nickname: String?
        /// Two letters (ISO 3166-1); absent where the tables do not know the address.
        public var country: String?
        /// As the consensus names them, such as `Guard`.
        public var flags: [String]

        public static let bridge = Relay(isBridge: true, fingerprint: nil, nickname: nil, country: nil, flags: [])

        public init(isBridge: Bool, fingerprint: String?, nickname: String?, country: String?, flags: [String]) {
            (self.isBridge, self.fingerprint, self.nickname) = (isBridge, fingerprint, nickname)
            (self.country, self.flags) = (country, flags)
        }
    }

    public struct Guard: Codable, Sendable, Hashable {
        public enum State: String, Codable, Sendable, CaseIterable {
            case up
            /// It did not answer when it was last tried.
            case down
            /// The consensus or the settings rule it out now.
            case unusable
        }

        public var relay: Relay
        public var state: State

        public init(relay: Relay, state: State) {
            (self.relay, self.state) = (relay, state)
        }
    }

    public init(circuits: [Circuit], furtherCircuits: Int, streams: Int, guards: [Guard]) {
        (self.circuits, self.furtherCircuits, self.streams) = (circuits, furtherCircuits, streams)
        self.guards = guards
    }
}

/// What became of the wish for a new identity.
public struct NewIdentityReport: Codable, Sendable, Hashable {
    /// 0 where it is done; tor changes its circuits at most every ten seconds, and does it by itself then.
    public var delaySeconds: Int

    public init(delaySeconds: Int) {
        self.delaySeconds = delaySeconds
    }
}

/// One of tor's notices, without addresses and fingerprints.
public struct TorLogLine: Codable, Sendable, Hashable {
    public enum Severity: String, Codable, Sendable, CaseIterable {
        case notice, warning, error
    }

    /// Seconds since 1970, by the box's clock of that moment.
    public var time: Int64
    public var severity: Severity
    /// In English, at most ``longestText`` characters.
    public var text: String

    public static let longestText = 240

    public init(time: Int64, severity: Severity, text: String) {
        (self.time, self.severity, self.text) = (time, severity, text)
    }
}
