/// What the box lets through, from least to most; `docs/security.md` has the packet table of each.
public enum BoxState: String, Sendable, CaseIterable, Codable {
    /// Power-on and every failure: only what an address needs (ARP, DHCP, neighbour discovery) leaves.
    case closed
    /// The uplink has an address, the clock is not trusted yet; the time client may ask relays.
    case clock
    /// The clock is trusted; the box's own tor may reach its doors.
    case connecting
    /// Tor is bootstrapped and carries the clients.
    case open
}

extension BoxState: Comparable {
    /// A state lets through all that a smaller one does.
    public static func < (left: Self, right: Self) -> Bool {
        left.order < right.order
    }

    private var order: Int {
        switch self {
        case .closed: 0
        case .clock: 1
        case .connecting: 2
        case .open: 3
        }
    }
}
