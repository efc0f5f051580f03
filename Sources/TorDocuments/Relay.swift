import NetAddress

/// One relay of a verified consensus, in 48 bytes: where it listens and what the authorities say of it.
public struct Relay: Hashable, Sendable {
    /// The digest of its RSA identity key.
    public let identity: Fingerprint
    public let address: IPv4Address
    /// The port of the Tor link protocol; never 0.
    public let orPort: UInt16
    private let directoryPort: UInt16
    public internal(set) var flags: RelayFlags = []
    // Port and address apart, and 0 for "no IPv6": an optional endpoint would take half as much memory again.
    private var ipv6Port: UInt16 = 0
    private var ipv6Address = IPv6Address(bits: 0)

    init(identity: Fingerprint, address: IPv4Address, orPort: UInt16, directoryPort: UInt16) {
        self.identity = identity
        self.address = address
        self.orPort = orPort
        self.directoryPort = directoryPort
    }

    /// Where it speaks the Tor link protocol over IPv6; `nil` where the authorities know no such place.
    public internal(set) var ipv6Endpoint: Endpoint? {
        get { ipv6Port == 0 ? nil : Endpoint(.v6(ipv6Address), ipv6Port) }
        set {
            guard case .v6(let address) = newValue?.address, let port = newValue?.port else { return }
            ipv6Address = address
            ipv6Port = port
        }
    }

    /// Where it speaks the Tor link protocol: IPv4 first, then IPv6 if it has it.
    public var endpoints: [Endpoint] {
        [Endpoint(.v4(address), orPort)] + (ipv6Endpoint.map { [$0] } ?? [])
    }

    /// Where it serves directory documents over plain HTTP; `nil` where it does not.
    public var directoryEndpoint: Endpoint? {
        directoryPort == 0 ? nil : Endpoint(.v4(address), directoryPort)
    }
}
