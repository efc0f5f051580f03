import BoxRendering

/// Where the daemon finds and keeps its files; the lab moves all of them into a folder of its own.
public struct DaemonPaths: Sendable {
    /// Lost at power-off.
    public var runtime = "/run/torbox"
    /// Kept over power-off.
    public var state = "/var/lib/torbox"
    public var airlock = "/var/lib/torbox/airlock"
    public var airlockLoader = "/usr/lib/torbox/torbox-airlock"
    public var clockReader = "/usr/lib/torbox/torbox-clock"
    public var web = "/usr/lib/torbox/torbox-web"

    public init() {}

    /// One line: the state's word, then what the box waits for.
    var stateFile: String { runtime + "/state" }

    /// Tells who was here, so only root may read it.
    var devicesFile: String { state + "/devices.json" }

    /// The owner's choices, which win over the machine's configuration. Only root may read it: it holds passwords.
    public var settingsFile: String { state + "/settings.toml" }

    /// The choices before those, while it is not known yet whether tor comes back with them.
    var settingsBefore: String { state + "/settings.before.toml" }

    /// What `torbox-update` leaves behind.
    var updates: String { state + "/updates" }

    /// How far `torbox-update` is; there while it runs.
    var updateProgress: String { runtime + "/update/progress" }

    /// What was replaced but runs on; there until the machine is started anew.
    var restartNeeded: String { runtime + "/restart-needed" }

    var services: ServicePaths {
        ServicePaths(
            runtimeDirectory: runtime, torDataDirectory: state + "/tor", webDirectory: state + "/web")
    }
}
