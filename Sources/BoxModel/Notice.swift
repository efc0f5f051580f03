/// What the owner should know besides the state.
public enum Notice: Sendable, Hashable {
    /// tor goes out with a clock that nobody stands for.
    case clockUnconfirmed
    /// There is none, or none any more, of which the box can be sure.
    case noValidConsensus
    /// A file of tor's that was not taken over, with the file's name and the reason.
    case documentRefused(String)
    /// New settings are in force; whether tor comes back with them is not known yet.
    case settingsOnTrial
    /// Settings of some time, in seconds since 1970, that are not in force any more, with the reason.
    case settingsTakenBack(since: Int64, String)
}

extension Notice: CustomStringConvertible {
    public var description: String {
        switch self {
        case .clockUnconfirmed:
            """
            nobody can confirm the clock behind bridges or a proxy, so the devices are not told the time; if tor does \
            not connect, say the time by `torbox time set`
            """
        case .noValidConsensus:
            """
            no valid consensus, the signed list of Tor's relays: the devices' own Tor is refused until there is a new \
            one, and the box's own tor asks directories only; it comes by itself, unless the clock or the uplink is wrong
            """
        case .documentRefused(let reason):
            "a list of relays is refused, and what was known stays: \(reason); tor fetches another by itself"
        case .settingsOnTrial:
            "new settings are being tried; if tor does not come back with them, the earlier ones are put in force again"
        case .settingsTakenBack(let time, let reason):
            """
            the settings of \(ClockTime(time)) could not be used, and the earlier ones are in force again: \(reason)
            """
        }
    }
}

/// The time of day in UTC, as `14:05 UTC`.
public struct ClockTime: Sendable, CustomStringConvertible {
    private let minutes: Int64

    public init(_ secondsSince1970: Int64) {
        minutes = (secondsSince1970 / 60 % 1440 + 1440) % 1440
    }

    public var description: String {
        func two(_ number: Int64) -> String { number < 10 ? "0\(number)" : "\(number)" }
        return "\(two(minutes / 60)):\(two(minutes % 60)) UTC"
    }
}
