import NetAddress

/// Tor's estimate of how wrong this machine's clock is (control-spec 4.1.10 CLOCK_SKEW).
///
/// A hint and no more: a `.directory` is not authenticated, and tor says nothing about the largest skews.
public struct ClockSkew: Hashable, Sendable {
    public enum Source: Hashable, Sendable {
        /// A directory server's answer.
        case directory(Endpoint?)
        /// A NETINFO cell from a relay.
        case relay(Endpoint?)
        /// A consensus whose times do not fit.
        case consensus
        case other(String)
    }

    /// Seconds from the source's time to ours: negative where our clock is behind. `nil` where tor gave none.
    public var seconds: Int?
    /// The least that it must be, where tor knows only that.
    public var atLeast: Int?
    public var source: Source

    init(_ arguments: [String: String]) {
        seconds = arguments["SKEW"].flatMap { Int($0) }
        atLeast = arguments["MIN_SKEW"].flatMap { Int($0) }
        let source = arguments["SOURCE"] ?? ""
        let name = source.prefix { $0 != ":" }
        let endpoint = Endpoint(source.dropFirst(name.count + 1))
        self.source =
            switch name {
            case "DIRSERV", "NETWORKSTATUS": .directory(endpoint)
            case "OR": .relay(endpoint)
            case "CONSENSUS": .consensus
            default: .other(String(name))
            }
    }
}

extension ClockSkew: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// Without the source's address, which may be a bridge's.
    public var description: String {
        let origin =
            switch source {
            case .directory: "a directory"
            case .relay: "a relay"
            case .consensus: "the consensus"
            case .other(let name): name
            }
        return "\((seconds ?? atLeast).map { "\($0) s" } ?? "of unknown size") by \(origin)"
    }

    public var debugDescription: String { description }
    public var customMirror: Mirror { Mirror(self, children: ["skew": description]) }
}
