import NetAddress

extension Entrances {
    /// Where bridges or a proxy are the only doors, a device's own Tor has none: going straight would show that there
    /// is Tor, or would not get out.
    public init(onlyDoors: Set<Endpoint>, throughSnowflake: Bool = false) {
        self.init(doors: onlyDoors)
        self.throughSnowflake = throughSnowflake
    }
}
