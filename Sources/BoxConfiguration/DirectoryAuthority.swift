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

    /// Reads what follows `DirAuthority` in torrc (tor(1)); `nil` where a part is missing, malformed or unknown.
    ///
    /// The flags `orport` and `v3ident` must be there, `ipv6` may be; `no-v2`, which means nothing any more, is ignored.
    public init?(torrc line: some StringProtocol) {
        let words = line.split(separator: " ")
        guard let nickname = words.first.map({ String($0) }), Self.isNickname(nickname),
            let place = words.firstIndex(where: { Endpoint($0) != nil }), let directory = Endpoint(words[place]),
            case .v4 = directory.address, directory.port > 0,
            let fingerprint = Self.fingerprint(words[(place + 1)...].joined())
        else { return nil }

        var orPort: UInt16?
        var ipv6: Endpoint?
        var votingIdentity: String?
        for flag in words[1..<place] where flag != "no-v2" {
            let parts = flag.split(separator: "=", maxSplits: 1)
            guard parts.count == 2 else { return nil }
            switch parts[0] {
            case "orport":
                guard let port = UInt16(parts[1]), port > 0, orPort == nil else { return nil }
                orPort = port
            case "v3ident":
                guard let digits = Self.fingerprint(parts[1]), votingIdentity == nil else { return nil }
                votingIdentity = digits
            case "ipv6":
                guard let endpoint = Endpoint(parts[1]), case .v6 = endpoint.address, endpoint.port > 0, ipv6 == nil
                else { return nil }
                ipv6 = endpoint
            default:
                return nil
            }
        }
        guard let orPort, let votingIdentity else { return nil }

        self.nickname = nickname
        self.directory = directory
        self.orPort = orPort
        self.ipv6 = ipv6
        self.votingIdentity = votingIdentity
        self.fingerprint = fingerprint
    }

    private static func isNickname(_ text: String) -> Bool {
        (1...19).contains(text.utf8.count) && text.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber) }
    }

    private static func fingerprint(_ text: some StringProtocol) -> String? {
        text.utf8.count == 40 && text.allSatisfy { $0.isASCII && $0.isHexDigit } ? text.uppercased() : nil
    }
}
