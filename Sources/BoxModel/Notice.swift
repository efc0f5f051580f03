/// What the owner should know besides the state.
public enum Notice: Sendable, Hashable {
    /// tor goes out with a clock that nobody stands for.
    case clockUnconfirmed
    /// There is none, or none any more, of which the box can be sure.
    case noValidConsensus
    /// A file of tor's that was not taken over, with the file's name and the reason.
    case documentRefused(String)
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
        }
    }
}
