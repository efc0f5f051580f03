import HostSystem

/// The machine that becomes a box. Each step can be done again; none overwrites what somebody wrote.
struct SetupMachine {
    static let configurationFile = "/etc/torbox/torbox.toml"
    private static let airlock = "/var/lib/torbox/airlock"
    /// What the removal of the package undoes: a deed and a unit in each line.
    private static let deeds = DurableFile("/var/lib/torbox/setup")

    /// From now on the airlock keeps apt from any other way; the removal of the package takes the link away.
    private static let aptLink = "/etc/apt/apt.conf.d/30torbox"
    private static let aptSettings = "/usr/share/torbox/apt/torbox.conf"

    var isConfigured: Bool { DurableFile(Self.configurationFile).exists }

    /// Puts a configuration in its place once torboxd has found it good.
    ///
    /// - Throws: ``HostError`` with torboxd's words; there is no configuration then, as before.
    func write(_ configuration: String) async throws {
        try Folder("/etc/torbox").make()
        let draft = DurableFile(Self.configurationFile + ".draft")
        try draft.replace(with: configuration)
        try await Command("torboxd", ["--check", draft.path]).run()
        try DurableFile(Self.configurationFile).replace(with: configuration)
        try draft.remove()
    }

    /// Closes the machine, then lets torboxd decide.
    func begin(_ say: (String) -> Void) async throws {
        try await Command("torboxd", ["--render", Self.airlock]).run()
        say("mask what would do the box's work")
        for unit in SetupPlan.rivals where try await isThere(unit) { try await mask(unit) }
        say("have apt go through Tor alone")
        try await Command("ln", ["--symbolic", "--force", "--no-target-directory", Self.aptSettings, Self.aptLink])
            .run()
        try await Command("systemctl", ["enable", "--quiet", "torbox-repair.service"]).run()
        say("load the ruleset")
        try await Command("systemctl", ["enable", "--quiet", "torbox-airlock.service", "torboxd.service"]).run()
        try await Command("systemctl", ["restart", "torbox-airlock.service"]).run(limit: .seconds(200))
        say("start the box")
        if try await Command("systemctl", ["is-enabled", "systemd-networkd.service"]).outcome().status != 0 {
            try note("enabled", "systemd-networkd.service")
            try await Command("systemctl", ["enable", "--quiet", "systemd-networkd.service"]).run()
        }
        // They read their settings when they start, and the box's came after that.
        try await Command("systemctl", ["restart", "systemd-networkd.service", "systemd-journald.service"]).run()
        try await Command("systemctl", ["restart", "torboxd.service"]).run()
    }

    private func isThere(_ unit: String) async throws -> Bool {
        let state = try await Command("systemctl", ["is-enabled", unit]).outcome().output
        return !state.isEmpty && !state.hasPrefix("not-found") && !state.hasPrefix("masked")
    }

    private func mask(_ unit: String) async throws {
        // Before the deed: what was noted and not done is undone without harm.
        try note("masked", unit)
        // A template runs in instances only, which the airlock holds as well.
        let now = unit.contains("@") ? [] : ["--now"]
        try await Command("systemctl", ["mask", "--quiet"] + now + [unit]).run(limit: .seconds(90))
    }

    private func note(_ deed: String, _ unit: String) throws {
        let line = "\(deed) \(unit)\n"
        let noted = try Self.deeds.textIfThere() ?? ""
        guard !noted.contains(line) else { return }
        try Self.deeds.replace(with: noted + line)
    }
}
