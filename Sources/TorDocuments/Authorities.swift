/// The directory authorities that are believed, each by the digest of its v3 identity key.
public struct Authorities: Hashable, Sendable {
    public let identities: Set<Fingerprint>

    public init(_ identities: some Sequence<Fingerprint>) {
        self.identities = Set(identities)
    }

    public init(_ authorities: [DirectoryAuthority]) {
        self.init(authorities.map(\.identity))
    }

    /// How many of them must agree: more than half. No number is enough where none is known.
    public var majority: Int {
        identities.count / 2 + 1
    }

    /// The authorities of the public Tor network.
    public static let `public` = Authorities(PublicDirectories.authorities)
}
