import BoxModel
import NetAddress

/// What is allowed for each key alone but not together.
extension Examination {
    mutating func noteRepeatedUplinks(_ uplinks: [InterfaceName]) {
        for (index, name) in uplinks.enumerated() where uplinks[..<index].contains(name) {
            noteConflict(
                at: [Schema.uplinkInterfaces.entry.path + ["[\(index)]"]], allowed: "each interface name once")
        }
    }

    mutating func noteConflicts(_ uplinks: [InterfaceName], _ lan: Configuration.LAN) {
        if uplinks.contains(lan.interface) {
            noteConflict(
                at: [Schema.lanInterface.entry.path], allowed: "an interface that uplinks.interfaces does not name")
        }
    }

    mutating func noteConflicts(_ lan: Configuration.LAN, _ tor: Configuration.Tor) {
        if lan.ipv4.overlaps(tor.onionIPv4) {
            noteConflict(
                at: [Schema.onionIPv4.entry.path, Schema.lanIPv4.entry.path],
                allowed: "networks without a common address in tor.onion-ipv4 (\(tor.onionIPv4)) and lan.ipv4 "
                    + "(\(lan.ipv4))")
        }
        if lan.ipv6.overlaps(tor.onionIPv6) {
            noteConflict(
                at: [Schema.onionIPv6.entry.path, Schema.lanIPv6.entry.path],
                allowed: "networks without a common address in tor.onion-ipv6 (\(tor.onionIPv6)) and lan.ipv6 "
                    + "(\(lan.ipv6))")
        }
    }

    mutating func noteConflicts(_ tor: Configuration.Tor) {
        if tor.transportPort == tor.dnsPort {
            noteConflict(
                at: [Schema.dnsPort.entry.path, Schema.transportPort.entry.path],
                allowed: "different ports in tor.dns-port and tor.transport-port")
        }
        if tor.dnsPort == Configuration.Tor.updatesPort {
            noteConflict(
                at: [Schema.dnsPort.entry.path],
                allowed: "another port than \(Configuration.Tor.updatesPort), by which the machine's updates come")
        }
        if !tor.distinctSubnets, tor.authorities.isEmpty {
            noteConflict(
                at: [Schema.distinctSubnets.entry.path],
                allowed: "true on the public Tor network; false only beside tor.authorities")
        }
        for (index, line) in tor.furtherLines.enumerated()
        where tor.furtherLines[..<index].contains(where: { $0.option == line.option }) {
            noteConflict(
                at: [Schema.furtherTorLines.entry.path + ["[\(index)]"]], allowed: "each option once",
                reason: Reason(.torOptionTwice, line.option))
        }
        if !tor.fallbacks.isEmpty, tor.authorities.isEmpty {
            noteConflict(
                at: [Schema.fallbacks.entry.path],
                allowed: "none on the public Tor network, whose list comes with the box; others only beside "
                    + "tor.authorities")
        }
    }

    mutating func noteConflicts(_ tor: Configuration.Tor, _ time: Configuration.Time) {
        if tor.user == time.user {
            noteConflict(
                at: [Schema.timeUser.entry.path, Schema.torUser.entry.path],
                allowed: "different users in time.user and tor.user")
        }
        for (key, user) in [(Schema.torUser, tor.user), (Schema.timeUser, time.user)]
        where user == Configuration.snowflakeUser {
            noteConflict(at: [key.entry.path], allowed: "another user, since snowflake's program may go further")
        }
    }

    mutating func noteRepeatedBridges(_ bridges: [BridgeLine]) {
        for (index, bridge) in bridges.enumerated()
        where bridges[..<index].contains(where: { $0.endpoint == bridge.endpoint }) {
            noteConflict(
                at: [Schema.bridgeLines.entry.path + ["[\(index)]"]], allowed: "each address and port once",
                reason: Reason(.bridgeTwice))
        }
    }

    mutating func noteConflicts(_ bridges: [BridgeLine], _ tor: Configuration.Tor) {
        if !bridges.isEmpty, !tor.entryCountries.isEmpty {
            noteConflict(
                at: [Schema.entryCountries.entry.path, Schema.bridgeLines.entry.path],
                allowed: "no tor.entry-countries beside bridges.lines, since circuits begin at the bridges",
                reason: Reason(.bridgeBesideCountries))
        }
        for (index, bridge) in bridges.enumerated()
        where !tor.reachablePorts.isEmpty && !tor.reachablePorts.contains(bridge.endpoint.port) {
            noteConflict(
                at: [Schema.bridgeLines.entry.path + ["[\(index)]"]],
                allowed: "a bridge on one of the ports in tor.reachable-ports, since tor uses no other; or none there",
                reason: Reason(.bridgeOffPorts))
        }
    }

    mutating func noteConflicts(_ bridges: [BridgeLine], _ lan: Configuration.LAN, _ tor: Configuration.Tor) {
        for (index, bridge) in bridges.enumerated() where Self.isInside(bridge.endpoint, lan, tor) {
            noteConflict(
                at: [Schema.bridgeLines.entry.path + ["[\(index)]"]],
                allowed: "a bridge outside the networks of lan.ipv4, lan.ipv6, tor.onion-ipv4 and tor.onion-ipv6",
                reason: Reason(.bridgeInHouse))
        }
    }
    mutating func noteConflicts(_ proxy: UpstreamProxy, _ lan: Configuration.LAN, _ tor: Configuration.Tor) {
        if Self.isInside(proxy.endpoint, lan, tor) {
            noteConflict(
                at: [Schema.proxyAddress.entry.path],
                allowed: "a proxy outside the networks of lan.ipv4, lan.ipv6, tor.onion-ipv4 and tor.onion-ipv6",
                reason: Reason(.proxyInHouse))
        }
    }

    /// tor hands the proxy to obfs4proxy as an address of the web, in which other signs mean something else.
    mutating func noteConflicts(_ proxy: UpstreamProxy, _ bridges: [BridgeLine]) {
        for (index, bridge) in bridges.enumerated() where bridge.isSnowflake {
            noteConflict(
                at: [Schema.bridgeLines.entry.path + ["[\(index)]"]],
                allowed: "a plain or an obfs4 bridge beside a proxy, which carries no UDP; or no proxy")
        }
        let login = "\(proxy.login?.user ?? "")\(proxy.login?.password ?? "")"
        let isPlain = login.utf8.allSatisfy { byte in
            let character = Character(UnicodeScalar(byte))
            return character.isLetter || character.isNumber || "-._~".contains(character)
        }
        if !isPlain, bridges.contains(where: { $0.transport != .plain }) {
            noteConflict(
                at: [Schema.proxyPassword.entry.path, Schema.proxyUser.entry.path],
                allowed:
                    "letters, digits and -._~ in proxy.user and proxy.password beside obfs4 bridges, whose program "
                    + "takes no other; or plain bridges",
                reason: Reason(.proxyLoginSigns))
        }
    }

    private static func isInside(_ endpoint: Endpoint, _ lan: Configuration.LAN, _ tor: Configuration.Tor) -> Bool {
        [lan.ipv4, lan.ipv6, tor.onionIPv4, tor.onionIPv6].contains { $0.contains(endpoint.address) }
    }
}
