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
        if !tor.distinctSubnets, tor.authorities.isEmpty {
            noteConflict(
                at: [Schema.distinctSubnets.entry.path],
                allowed: "true on the public Tor network; false only beside tor.authorities")
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
    }

    mutating func noteRepeatedBridges(_ bridges: [BridgeLine]) {
        for (index, bridge) in bridges.enumerated()
        where bridges[..<index].contains(where: { $0.endpoint == bridge.endpoint }) {
            noteConflict(
                at: [Schema.bridgeLines.entry.path + ["[\(index)]"]], allowed: "each address and port once")
        }
    }

    mutating func noteConflicts(_ bridges: [BridgeLine], _ lan: Configuration.LAN, _ tor: Configuration.Tor) {
        let inside = [lan.ipv4, lan.ipv6, tor.onionIPv4, tor.onionIPv6]
        for (index, bridge) in bridges.enumerated()
        where inside.contains(where: { $0.contains(bridge.endpoint.address) }) {
            noteConflict(
                at: [Schema.bridgeLines.entry.path + ["[\(index)]"]],
                allowed: "a bridge outside the networks of lan.ipv4, lan.ipv6, tor.onion-ipv4 and tor.onion-ipv6")
        }
    }
}
