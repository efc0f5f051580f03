import NetAddress

/// A relay from which tor may load its first documents, built in or by `FallbackDir` (tor manual).
public struct FallbackDirectory: Hashable, Sendable {
    /// The digest of its identity key.
    public let identity: Fingerprint
    /// Where it speaks the Tor link protocol: IPv4 first, then IPv6 if it has it.
    public let endpoints: [Endpoint]

    /// Reads `address[:dirport] orport=… id=… [ipv6=…]`; `nil` for anything else.
    public init?(_ text: some StringProtocol) {
        guard let line = DirectoryLine(text), line.words.count == 1,
            let address = IPv4Address(line.words[0]) ?? Endpoint(line.words[0])?.ipv4Address,
            let identity = line.fingerprint("id"), let endpoints = line.endpoints(of: .v4(address))
        else { return nil }
        self.identity = identity
        self.endpoints = endpoints
    }
}

extension Endpoint {
    fileprivate var ipv4Address: IPv4Address? {
        switch address {
        case .v4(let address): address
        case .v6: nil
        }
    }
}
