import BoxModel
import NetAddress
import TorDocuments

/// What the owner of a box decided, complete and without a mistake in it.
///
/// Only its reading makes one, so whoever holds it need not check it again.
public struct Configuration: Sendable, Equatable {
    /// The interfaces towards the internet: 1...4, distinct, none of them the LAN.
    public let uplinks: [InterfaceName]
    public let lan: LAN
    public let dns: DNS
    public let tor: Tor
    public let ownTor: OwnTor
    /// Distinct places outside the LAN through which the Tor network is entered, or empty.
    public let bridges: [BridgeLine]
    /// Outside the LAN too; what carries all of tor's connections, those to bridges as well.
    public let proxy: UpstreamProxy?
    public let wifi: WiFiNetwork?
    public let time: Time
    public let pages: Pages

    /// The network of the people behind the box.
    public struct LAN: Sendable, Equatable {
        public let interface: InterfaceName
        /// The box's own private IPv4 address and its network of 16...28 bits.
        public let ipv4: Network
        /// The box's own unique local IPv6 address and its network of 64 bits.
        public let ipv6: Network
        /// How long a device may keep its address: 1...168 hours.
        public let leaseHours: Int
    }

    /// The names that the box answers.
    public struct DNS: Sendable, Equatable {
        /// The box's own name, a host name under `lan` in lower case.
        public let name: String
        /// How many answers the box remembers: 0...10000.
        public let cacheEntries: Int
    }

    /// How the box runs its tor.
    public struct Tor: Sendable, Equatable {
        /// Where onion services appear to clients; overlaps neither LAN network.
        public let onionIPv4: Network
        /// The same for IPv6.
        public let onionIPv6: Network
        /// The port on the LAN addresses that takes the clients' TCP connections.
        public let transportPort: UInt16
        /// The port on 127.0.0.1 that takes the questions of the box's own resolver.
        public let dnsPort: UInt16
        /// The system user that tor becomes.
        public let user: String
        /// Empty for the public Tor network; otherwise all authorities of a private one.
        public let authorities: [DirectoryAuthority]
        /// The fallback directories of a private Tor network; empty for those that this version ships.
        public let fallbacks: [FallbackDirectory]
        /// Whether the relays of a circuit must lie in different networks; false only on a private Tor network.
        public let distinctSubnets: Bool
        /// The only ports on which relays can be reached; empty for all. Each bridge is on one of them.
        public let reachablePorts: [UInt16]
        /// Where circuits begin; empty for everywhere, and beside bridges.
        public let entryCountries: [CountryCode]
        /// Where circuits end; empty for everywhere.
        public let exitCountries: [CountryCode]
        /// Of different options.
        public let furtherLines: [TorLine]

        /// The port on 127.0.0.1 by which the machine's own updates come; the package's settings for apt name it too.
        public static let updatesPort: UInt16 = 9049
    }

    /// What becomes of a device that speaks Tor by itself.
    public struct OwnTor: Sendable, Equatable {
        /// What is in force: `never` where there are only doors, since going straight to a relay would show that there
        /// is Tor, or would not get out.
        public let policy: OwnTorPolicy
        /// What the owner chose, which is in force again once it can be.
        public let chosenPolicy: OwnTorPolicy
        /// Whether a guest may tick their own device under the policy `chosen`.
        public let guestsChoose: Bool
        /// How many guards one device may open at once, and again in the course of a day: 1...1000.
        public let guardsPerDeviceAndDay: Int
    }

    /// How the box learns the time.
    public struct Time: Sendable, Equatable {
        /// The system user that asks relays for it; never tor's.
        public let user: String
    }

    /// Where the box's pages are, besides the LAN, and what the owner may see there.
    public struct Pages: Sendable, Equatable {
        /// The port for the owner's computer by cable; `nil` for none.
        public let admin: Admin?
        /// Whether it is noted to whom that was addressed which is refused.
        public let notesPlaces: Bool

        public struct Admin: Sendable, Equatable {
            /// Neither an uplink nor the LAN.
            public let interface: InterfaceName
            /// The box's own address there; its network has no address of the LAN's.
            public let ipv4: Network
            /// Whether the owner's pages are nowhere else.
            public let isOnlyPlace: Bool
        }
    }
}

extension Configuration {
    /// All that the box's tor may itself connect to, where that is decided by a proxy or by bridges; `nil` where it is decided
    /// by the relays that there are.
    ///
    /// Where there is such a set, relays cannot be asked for the time either.
    public var onlyDoors: Set<Endpoint>? {
        if let proxy { return [proxy.endpoint] }
        return bridges.isEmpty ? nil : Set(bridges.filter { !$0.isSnowflake }.map(\.endpoint))
    }

    /// Whether snowflake's program is needed; then there is no proxy.
    public var usesSnowflake: Bool { bridges.contains(where: \.isSnowflake) }

    /// The system user of that program, which no other program of the box is run as.
    public static let snowflakeUser = "torbox-snowflake"
}
