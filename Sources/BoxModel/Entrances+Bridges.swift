extension Entrances {
    /// With bridges these are the only doors, and a device's own Tor has none: going straight would show that there is
    /// Tor.
    ///
    /// - Returns: `nil` where there are no bridges.
    public init?(bridges: [BridgeLine]) {
        guard !bridges.isEmpty else { return nil }
        self.init(doors: Set(bridges.map(\.endpoint)))
    }
}
