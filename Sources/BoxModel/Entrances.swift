import NetAddress

/// Where the Tor network is entered, by documents that its authorities signed.
public struct Entrances: Sendable, Hashable {
    /// For the box's own tor: relays that may be a guard now, authorities and fallback directories.
    public var doors: Set<Endpoint>
    /// For a device's own Tor, which may know an older consensus than the box; empty while no consensus is valid.
    public var guards: Set<Endpoint>
    /// Whether they come from a consensus that is valid now, where the box needs one.
    public var hasValidConsensus: Bool
    /// Whether volunteers carry there too, whom snowflake's program meets at addresses that nobody knows before.
    public var throughSnowflake = false

    public init(doors: Set<Endpoint> = [], guards: Set<Endpoint> = [], hasValidConsensus: Bool = true) {
        self.doors = doors
        self.guards = guards
        self.hasValidConsensus = hasValidConsensus
    }
}
