import NetAddress

/// A row of the packet table in docs/security.md: what may leave by the uplink in a state of the box.
public enum Row: Sendable, Hashable {
    /// Power-on, any failure: ARP, DHCP and neighbour discovery.
    case closed
    /// The same, and the box's own TCP to the doors.
    case connecting(doors: Set<Endpoint>)
    /// The same, and the devices' own Tor to the guards, in the box's name.
    case open(doors: Set<Endpoint>, guards: Set<Endpoint> = [])

    var doors: Set<Endpoint> {
        switch self {
        case .closed: []
        case .connecting(let doors), .open(let doors, _): doors
        }
    }

    var guards: Set<Endpoint> {
        switch self {
        case .closed, .connecting: []
        case .open(_, let guards): guards
        }
    }
}
