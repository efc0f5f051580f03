import NetAddress

/// Everything that the airlock lets through beyond the closed state, as one value.
public struct Openings: Sendable, Hashable {
    /// Where the box's own tor may connect, over both families.
    public var doors: Set<Endpoint>
    /// Whether tor takes the LAN's connections and names.
    public var carriesLAN: Bool

    public init(doors: Set<Endpoint> = [], carriesLAN: Bool = false) {
        self.doors = doors
        self.carriesLAN = carriesLAN
    }

    /// Nothing beyond what an address needs.
    public static let closed = Openings()
}
