import NetAddress

/// An authority as tor is told of it, built in or by `DirAuthority` (tor manual).
public struct DirectoryAuthority: Hashable, Sendable {
    /// The digest of its v3 identity key, which signs its certificates.
    public let identity: Fingerprint
    /// The digest of the identity key that it has as a relay.
    public let relayIdentity: Fingerprint
    /// Where it speaks the Tor link protocol: IPv4 first, then IPv6 if it has it.
    public let endpoints: [Endpoint]
    /// Where it serves directory documents over plain HTTP.
    public let directoryEndpoint: Endpoint

    /// Reads `[nickname] flags… address:dirport fingerprint`, the fingerprint with or without spaces.
    ///
    /// - Returns: `nil` for anything else, and for an authority without `v3ident=` and `orport=`: it signs no consensus.
    public init?(_ text: some StringProtocol) {
        guard let line = DirectoryLine(text) else { return nil }
        // The nickname and flags such as "bridge" begin with a letter, the address with a digit.
        let words = line.words.drop { $0.first?.isNumber == false }
        guard let directory = words.first.flatMap({ Endpoint($0) }), case .v4 = directory.address,
            let relayIdentity = Fingerprint(hexadecimal: words.dropFirst().joined()),
            let identity = line.fingerprint("v3ident"),
            let endpoints = line.endpoints(of: directory.address)
        else { return nil }
        self.identity = identity
        self.relayIdentity = relayIdentity
        self.endpoints = endpoints
        directoryEndpoint = directory
    }
}
