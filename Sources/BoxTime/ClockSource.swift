import NetAddress
import TorDocuments
import TorLink

/// A relay that may be asked for the time.
public struct ClockSource: Hashable, Sendable {
    /// Where its identity is known from.
    public enum Origin: Hashable, Sendable, CaseIterable {
        /// A fallback directory, by this version's list or by torbox.toml.
        case fallback
        /// A guard of a consensus whose signatures torboxd verified.
        case consensus
        /// A directory authority, which clients spare.
        case authority
    }

    public let relay: Fingerprint
    /// Where it speaks the Tor link protocol.
    public let endpoints: [Endpoint]
    public let origin: Origin

    public init(_ relay: Fingerprint, _ endpoints: [Endpoint], from origin: Origin) {
        self.relay = relay
        self.endpoints = endpoints
        self.origin = origin
    }

    /// The networks whose owner could speak for it.
    var sites: Set<IPAddress> { Set(endpoints.map(\.address.site)) }
}

/// What an uplink's addresses let the box speak.
public enum AddressFamily: Hashable, Sendable, CaseIterable {
    case ipv4, ipv6
}

extension IPAddress {
    public var family: AddressFamily {
        switch self {
        case .v4: .ipv4
        case .v6: .ipv6
        }
    }

    /// The first address of the network that tor takes for one owner's: 16 bits of IPv4, 32 bits of IPv6.
    var site: IPAddress {
        Network(self, prefixLength: family == .ipv4 ? 16 : 32)?.base ?? self
    }
}
