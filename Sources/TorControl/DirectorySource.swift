import NetAddress

/// A directory server that tor knows before it has any consensus (tor manual, `DirAuthority` and `FallbackDir`).
public struct DirectorySource: Hashable, Sendable {
    /// Authorities have one.
    public var nickname: String?
    public var identity: RelayIdentity
    /// Where a client connects to it: IPv4 first, then IPv6 where it has one.
    public var endpoints: [Endpoint]

    /// Reads `nickname [orport=N] [v3ident=HEX] [ipv6=[addr]:port] address:dirport fingerprint`.
    ///
    /// - Returns: `nil` for a line that cannot be read or that names no OR port.
    init?(authority line: String) {
        let words = line.split(separator: " ")
        guard let place = words.firstIndex(where: { Endpoint($0) != nil }), place > 0,
            let address = Endpoint(words[place])?.address,
            let identity = RelayIdentity(hex: words[(place + 1)...].joined())
        else { return nil }
        self.init(String(words[0]), identity, address, options: words[1..<place])
    }

    /// Reads `address[:dirport] orport=N id=HEX [ipv6=[addr]:port]`.
    ///
    /// - Returns: `nil` for a line that cannot be read.
    init?(fallback line: String) {
        let words = line.split(separator: " ")
        guard let first = words.first, let address = Endpoint(first)?.address ?? IPAddress(first),
            let identity = words.firstValue(of: "id").flatMap({ RelayIdentity(hex: $0) })
        else { return nil }
        self.init(nil, identity, address, options: words[1...])
    }

    private init?(_ nickname: String?, _ identity: RelayIdentity, _ address: IPAddress, options: ArraySlice<Substring>)
    {
        guard let port = options.firstValue(of: "orport").flatMap({ UInt16($0) }) else { return nil }
        self.nickname = nickname
        self.identity = identity
        endpoints = [Endpoint(address, port)]
        if let written = options.firstValue(of: "ipv6") {
            guard let endpoint = Endpoint(written) else { return nil }
            endpoints.append(endpoint)
        }
    }
}

extension Collection<Substring> {
    /// The value of the first word `name=value`.
    fileprivate func firstValue(of name: String) -> Substring? {
        first { $0.hasPrefix(name + "=") }?.dropFirst(name.count + 1)
    }
}
