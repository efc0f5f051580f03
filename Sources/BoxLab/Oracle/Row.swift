import NetAddress

/// A row of the packet table in docs/security.md: what may leave by the uplink in a state of the box.
public enum Row: Sendable, Hashable {
    /// Power-on, any failure: ARP, DHCP and neighbour discovery.
    case closed
    /// The same, and the time client's TCP to the relays that are asked for the time.
    case clock(clockDoors: Set<Endpoint>)
    /// The same as when closed, and the box's own TCP to the doors: tor's and the time client's.
    case connecting(doors: Set<Endpoint>)
    /// The same, and the devices' own Tor to the guards, in the box's name.
    case open(doors: Set<Endpoint>, guards: Set<Endpoint> = [])
    /// Connecting through snowflake bridges alone: the same as when closed, and what their program sends.
    case snowflake

    var doors: Set<Endpoint> {
        switch self {
        case .closed, .snowflake: []
        case .clock(let doors), .connecting(let doors), .open(let doors, _): doors
        }
    }

    var guards: Set<Endpoint> {
        switch self {
        case .closed, .clock, .connecting, .snowflake: []
        case .open(_, let guards): guards
        }
    }
}
