import HostSystem

extension LabBox {
    /// Renders the static ruleset from the configuration and loads it; the devices stay down.
    public func loadRules(_ change: (String) -> String = { $0 }) async throws {
        try await renderRules(change)
        try await loadRenderedRules()
    }

    /// Makes the configuration of a box that enters the Tor network through these bridges alone.
    public static func through(_ bridges: [String]) -> (String) -> String {
        let lines = bridges.map { "\"\($0)\"" }.joined(separator: ", ")
        return { $0 + "[bridges]\nlines = [\(lines)]\n" }
    }

    /// Writes the configuration and renders the static ruleset from it, without loading anything.
    ///
    /// - Parameter change: makes another configuration of the lab's usual one.
    public func renderRules(_ change: (String) -> String = { $0 }) async throws {
        for folder in [Self.runtime, Self.state, Self.airlock] { try folder.make() }
        try LabFolder.box.write(change(Self.configurationText(authorities: tor.authorityLines)), to: "torbox.toml")
        let render = try Command(
            checkout.program(Self.name), ["--config", Self.configuration, "--render", Self.airlock.path])
        try await LabHost.box.command(render).run()
    }

    /// Loads what was rendered, as the appliance does before any device is up.
    public func loadRenderedRules() async throws {
        try await LabHost.box.run(loader, [Self.airlock.path])
    }

    /// The script of the product that loads the static ruleset.
    var loader: String { checkout.file("System/torbox-airlock") }

    /// The configuration of the box in the lab.
    static func configurationText(authorities: [String]) -> String {
        """
        [uplinks]
        interfaces = ["wan0"]

        [lan]
        interface = "lan0"
        ipv4 = "\(Addresses.lan)"
        ipv6 = "\(Addresses.lanV6)"

        [tor]
        authorities = [
        \(authorities.map { "    \"\($0.dropFirst("DirAuthority ".count))\",\n" }.joined())]
        distinct-subnets = false

        """
    }
}
