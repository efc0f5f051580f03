import NetAddress

/// The state of the box and, unless it is open, what it waits for.
public struct Situation: Sendable, Hashable {
    public var state: BoxState
    public var obstacle: Obstacle?

    public init(_ state: BoxState, _ obstacle: Obstacle? = nil) {
        self.state = state
        self.obstacle = obstacle
    }
}

extension Situation: CustomStringConvertible {
    /// The state's word, then the obstacle in plain words: `closed: no address on the uplink; …`.
    public var description: String {
        obstacle.map { "\(state.rawValue): \($0)" } ?? state.rawValue
    }
}

/// What keeps the box from carrying its clients, in the order in which it is looked for.
public enum Obstacle: Sendable, Hashable {
    /// The kernel does not hold the ruleset that was meant; with the place and reason.
    case airlock(String)
    case noUplinkAddress
    /// The network outside has the addresses of the network inside.
    case sameNetwork(uplink: Network, lan: Network)
    /// The uplink has no route to any relay, bridge or proxy, or only in the other family.
    case noWay
    case clockNotTrusted
    case torNotRunning
    /// Nor can tor do without, as there are no other bridges.
    case snowflakeNotRunning
    /// The percentage that tor reports.
    case bootstrapping(Int)
    /// The same where the way leads through bridges, and what tor met last.
    case bridgesFail(Int, BridgeFailure)
    /// Other settings are about to be in force.
    case newSettings
    case stopping
}

extension Obstacle: CustomStringConvertible {
    public var description: String {
        switch self {
        case .airlock(let reason):
            "the firewall is not in force (\(reason)); it is loaded again every few seconds"
        case .noUplinkAddress:
            "no address on the uplink; check the cable or the Wi-Fi password"
        case .sameNetwork(let uplink, let lan):
            "the uplink's network \(uplink) overlaps the LAN \(lan); give lan.ipv4 or lan.ipv6 another network"
        case .noWay:
            "no route from the uplink to a relay, bridge or proxy; check its router, and whether the bridges need IPv6"
        case .clockNotTrusted:
            "nobody has confirmed the clock yet, and tor needs the time; relays are asked for it. `torbox time` says more"
        case .torNotRunning:
            "tor does not answer; it is started again by itself"
        case .snowflakeNotRunning:
            "the program that snowflake bridges need does not run; it is started again by itself. If it stays so, install "
                + "Debian's snowflake-client"
        case .bootstrapping(let percent):
            "tor is connecting, \(percent) %"
        case .bridgesFail(let percent, let failure):
            "tor is connecting, \(percent) %, and \(failure); tor goes on trying, and other bridges can be given in "
                + "bridges.lines"
        case .newSettings:
            "other settings are put in force, which takes some seconds"
        case .stopping:
            "the box is shutting down"
        }
    }
}
