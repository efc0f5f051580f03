import NetAddress

/// Everything that the airlock lets through beyond the closed state, as one value.
public struct Openings: Sendable, Hashable {
    /// Where the box's own tor may connect, over both families.
    public var doors: Set<Endpoint>
    /// Where relays are asked for the time now, by the time client alone.
    public var clockDoors: Set<Endpoint>
    /// Whether tor takes the LAN's connections and names.
    public var carriesLAN: Bool
    /// Where a device's own Tor may connect, over both families.
    public var guards: Set<Endpoint>
    public var ownTor: OwnTor
    /// The devices that get nothing but an address and the box's pages.
    public var blocked: Set<HardwareAddress>
    /// Whether snowflake's program may go where it must, which is no list of doors.
    public var snowflake: Bool
    /// Whether the kernel notes to whom that was addressed which it refuses. It lets nothing through.
    public var notesPlaces: Bool

    /// The devices whose own Tor may go to the guards.
    public enum OwnTor: Sendable, Hashable {
        case ofEveryDevice
        case of(Set<HardwareAddress>)
    }

    public init(
        doors: Set<Endpoint> = [], clockDoors: Set<Endpoint> = [], carriesLAN: Bool = false,
        guards: Set<Endpoint> = [], ownTor: OwnTor = .of([]), blocked: Set<HardwareAddress> = [],
        snowflake: Bool = false, notesPlaces: Bool = false
    ) {
        self.doors = doors
        self.clockDoors = clockDoors
        self.carriesLAN = carriesLAN
        self.guards = guards
        self.ownTor = ownTor
        self.blocked = blocked
        self.snowflake = snowflake
        self.notesPlaces = notesPlaces
    }

    /// Nothing beyond what an address needs.
    public static let closed = Openings()
}
