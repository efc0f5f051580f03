import BoxModel

/// What may be asked of torboxd over its socket: all there is.
///
/// None of these opens the box. What the box lets through follows from facts that no request can state, but two: the
/// time, within bounds, where nobody else can tell it; and the bridges or the proxy by which alone tor goes out.
public enum Request: Codable, Sendable, Hashable {
    case status
    case devices
    /// Gives a device a name.
    case rename(device: String, alias: String)
    /// Ticks a device whose own Tor may go straight to its relays, or takes the tick away.
    case ownTor(device: String, isOn: Bool)
    /// Takes all network from a device.
    case block(device: String)
    case unblock(device: String)
    /// Where the box's own tor may connect, as the kernel holds it.
    case doors
    /// How the clock is, and who says so.
    case time
    /// Sets the clock by the owner's word, in seconds since 1970; refused once relays have confirmed it.
    case setTime(seconds: Int64)
    /// What the owner chose, as it is in force.
    case settings
    /// Puts other settings in force, whole; refused with every mistake, and then nothing has changed.
    case change(settings: Settings)
    /// What would happen to a TCP connection to `destination`, from a device or from one without settings.
    case why(destination: String, device: String?)
    /// What the uplinks carried in the last two minutes.
    case traffic
    /// What was refused in the last half hour, to a device or to each of them.
    case refused(device: String?)
    /// How the machine is on which the box runs.
    case machine
    /// The rules that decide what may leave by an uplink, as the kernel holds them.
    case airlock
    /// Closes the box and starts the machine anew; refused by a torboxd that does not run the machine.
    case restart
    /// The same, and the machine stays off.
    case powerOff
    /// The settings in a file, sealed with a passphrase.
    case backup(passphrase: String)
    /// Puts the settings of such a file in force, as ``change(settings:)`` does.
    case restore(file: String, passphrase: String)
    /// Which way tor takes through its network now; never where its connections go.
    case circuits
    /// Has new connections take other circuits than those of before.
    case newIdentity
    /// What tor said of itself last.
    case torLog
    /// How the machine's packages are kept up to date.
    case updates
    /// Looks for updates now and installs them; refused while the box is not open.
    case update
}

extension Request {
    /// The names of all requests, as they stand in a message.
    public enum Verb: String, Sendable, CaseIterable {
        case status, devices, rename, ownTor, block, unblock, doors, time, setTime, settings, change, why
        case traffic, refused
        case machine, airlock, restart, powerOff, backup, restore
        case circuits, newIdentity, torLog
        case updates, update
    }

    public var verb: Verb {
        switch self {
        case .status: .status
        case .devices: .devices
        case .rename: .rename
        case .ownTor: .ownTor
        case .block: .block
        case .unblock: .unblock
        case .doors: .doors
        case .time: .time
        case .setTime: .setTime
        case .settings: .settings
        case .change: .change
        case .why: .why
        case .traffic: .traffic
        case .refused: .refused
        case .machine: .machine
        case .airlock: .airlock
        case .restart: .restart
        case .powerOff: .powerOff
        case .backup: .backup
        case .restore: .restore
        case .circuits: .circuits
        case .newIdentity: .newIdentity
        case .torLog: .torLog
        case .updates: .updates
        case .update: .update
        }
    }
}
