import BoxModel

/// What the supervisor wants done. None of these opens the box by itself: `apply` takes a whole value that follows from
/// the facts, and everything else only matters behind the airlock.
public enum Effect: Sendable, Equatable {
    case loadAirlock
    /// Switches the LAN and the uplinks on; only ever asked for while the airlock is held.
    case raiseInterfaces
    case lowerUplinks
    case apply(Openings)
    /// tor's own network switch, so that it does not wear out its guards on closed doors.
    case letTorConnect(TorReach)
    /// Tells tor where snowflake's program takes its connections, before it may connect.
    case leadTorToSnowflake(port: UInt16)
    /// Starts the round of questions for the time that waits; what it needs is open.
    case askForTime
    /// Whether the box's resolver asks tor, or refuses every name but its own at once.
    case resolveThroughTor(Bool)
    /// Whether the LAN is told the time, or its questions for it are refused at once.
    case serveTime(Bool)
    case announce(Situation)
}

/// Where tor's own network switch lets it go.
public enum TorReach: Sendable, Hashable {
    case nowhere
    /// A tor that may use IPv4 too tries relays there first, and does not come to their other address.
    case overIPv6Alone
    case everywhere
}
