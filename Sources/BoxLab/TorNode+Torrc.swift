extension TorNode {
    /// The user all nodes run as; Debian's tor package makes it.
    static let user = "debian-tor"
    /// Where the onion service's backend listens on the node's own loopback.
    static let onionBackend = "127.0.0.1:8080"

    /// The node's whole torrc.
    ///
    /// - Parameters:
    ///   - authorities: the `DirAuthority` lines; none while the authorities' keys are being made.
    ///   - votingOffset: seconds by which the first votes are moved from the full 20 seconds.
    func torrc(authorities: [String], votingOffset: Int) -> String {
        let lines =
            ["Nickname \(nickname)", "DataDirectory \(folder.path)"] + Self.common + authorities
            + roleLines(votingOffset: votingOffset)
        return lines.joined(separator: "\n") + "\n"
    }

    private static let common = [
        "User \(user)",
        "Log notice stdout",
        "SocksPort 0",
        "TestingTorNetwork 1",
        "AssumeReachable 1",
        "PathsNeededToBuildCircuits 0.25",
        "ShutdownWaitLength 0",
        // 33 MB and half a second for each node otherwise.
        "GeoIPFile /dev/null",
        "GeoIPv6File /dev/null",
        // The default scheduler halves the throughput on a loopback.
        "Schedulers Vanilla",
    ]

    private func roleLines(votingOffset: Int) -> [String] {
        switch role {
        case .authority: relayLines + Self.authorityLines(votingOffset: votingOffset) + ["DirPort \(directoryAddress)"]
        case .guard: relayLines
        case .exit: relayLines + Self.exitLines
        case .onion:
            outboundLines + ["HiddenServiceDir \(folder.path)/service", "HiddenServicePort 80 \(Self.onionBackend)"]
        }
    }

    private var directoryAddress: String { "\(address):\(Self.directoryPort)" }

    private var outboundLines: [String] {
        ["OutboundBindAddress \(address)", "OutboundBindAddress [\(addressV6)]"]
    }

    private var relayLines: [String] {
        outboundLines + [
            "Address \(address)", "Address [\(addressV6)]",
            "ORPort \(address):\(Self.orPort)", "ORPort [\(addressV6)]:\(Self.orPort)",
        ]
    }

    private static let exitLines = [
        "ExitRelay 1", "IPv6Exit 1", "ExitPolicy accept *:*",
        "ServerDNSResolvConfFile /etc/resolv.conf", "ServerDNSDetectHijacking 0",
    ]

    private static func authorityLines(votingOffset: Int) -> [String] {
        let guards = all.filter { $0.role == .guard }.map { "\($0.address)" }.joined(separator: ",")
        return [
            "AuthoritativeDirectory 1", "V3AuthoritativeDirectory 1", "ContactInfo the lab",
            // Without it no relay has an IPv6 address in the consensus.
            "AuthDirHasIPv6Connectivity 1",
            "TestingDirAuthVoteHSDir *",
            // Strict, else authorities become guards too.
            "TestingDirAuthVoteGuard \(guards)", "TestingDirAuthVoteGuardIsStrict 1",
            "TestingMinExitFlagThreshold 0",
            "TestingV3AuthInitialVotingInterval 20 seconds",
            "TestingV3AuthInitialVoteDelay 4 seconds", "TestingV3AuthInitialDistDelay 4 seconds",
            "TestingV3AuthVotingStartOffset \(votingOffset)",
            // The first consensus is then good for three days, so that it is worth storing.
            "V3AuthVotingInterval 1 hour", "V3AuthNIntervalsValid 72",
        ]
    }

    /// The line by which everybody knows this authority.
    ///
    /// - Parameters: identity: the v3 identity's fingerprint; fingerprint: the relay's own.
    func directoryAuthorityLine(identity: String, fingerprint: String) -> String {
        "DirAuthority \(nickname) orport=\(Self.orPort) v3ident=\(identity) "
            + "ipv6=[\(addressV6)]:\(Self.orPort) \(directoryAddress) \(fingerprint)"
    }
}
