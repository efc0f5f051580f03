/// What the box lets through, from least to most; `docs/security.md` has the packet table of each.
public enum BoxState: String, Sendable, CaseIterable, Codable {
    /// Power-on and every failure: only what an address needs (ARP, DHCP, neighbour discovery) leaves.
    case closed
    /// The uplink has an address, the clock is not trusted yet.
    case clock
    /// The clock is trusted; the box's own tor may reach its doors.
    case connecting
    /// Tor is bootstrapped and carries the clients.
    case open
}
