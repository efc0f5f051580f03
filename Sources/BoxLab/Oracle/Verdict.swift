/// What the oracle says of one frame.
public enum Verdict: Sendable, Hashable {
    /// The row allows it; the remarks name what it tells of the box without need.
    case allowed(Kind, remarks: [String])
    /// The row does not: one sentence why.
    case refused(String)

    /// What may ever leave.
    public enum Kind: String, Sendable, Hashable, CaseIterable {
        case arp = "ARP"
        case dhcpv4 = "DHCP"
        case dhcpv6 = "DHCPv6"
        case neighbourDiscovery = "neighbour discovery"
        case door = "TCP to a door"
        case ownTor = "TCP of a device's own Tor to a guard"
        case snowflake = "names, HTTPS and UDP of snowflake's program"
    }

    public var isAllowed: Bool {
        switch self {
        case .allowed: true
        case .refused: false
        }
    }
}

/// Ends the reading of a frame at the first thing that the row does not allow.
struct Refusal: Error {
    var reason: String

    static func unless(_ isRight: Bool, _ reason: @autoclosure () -> String) throws(Refusal) {
        guard isRight else { throw Refusal(reason: reason()) }
    }
}
