import NetAddress

/// An authority of a private Tor network, as a `DirAuthority` line of torrc names it.
public struct DirectoryAuthority: Sendable, Equatable {
    /// 1...19 letters and digits.
    public let nickname: String
    /// Where it answers directory requests: an IPv4 address and its DirPort.
    public let directory: Endpoint
    /// Where it takes Tor connections on the same IPv4 address.
    public let orPort: UInt16
    /// Where it takes Tor connections over IPv6, if it does.
    public let ipv6: Endpoint?
    /// The fingerprint of its voting key: 40 upper-case hexadecimal digits.
    public let votingIdentity: String
    /// The fingerprint of its relay key: 40 upper-case hexadecimal digits.
    public let fingerprint: String

    /// Every address and port on which a client may reach it by the Tor protocol.
    public var doors: [Endpoint] {
        [Endpoint(directory.address, orPort)] + (ipv6.map { [$0] } ?? [])
    }
}
