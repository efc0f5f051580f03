/// How tor fares: STATUS_CLIENT and STATUS_GENERAL (control-spec 4.1.10).
public enum StatusEvent: Hashable, Sendable {
    case bootstrap(BootstrapPhase)
    /// Tor's clock disagrees with somebody else's.
    case clockSkew(ClockSkew)
    /// Tor was unconscious, or the clock was set, by so many seconds; it has closed its circuits.
    case clockJumped(seconds: Int?)
    case circuitEstablished
    case circuitNotEstablished(reason: String?)
    case enoughDirectoryInfo
    case notEnoughDirectoryInfo
    case consensusArrived
    /// An action that has no case here, with its arguments.
    case other(severity: Severity, action: String, arguments: [String: String])

    /// Reads what follows the kind: severity, action, arguments.
    init?(_ words: Words) {
        var words = words
        guard let severity = words.next().flatMap(Severity.init), let action = words.next(),
            let arguments = words.arguments()
        else { return nil }
        switch action {
        case "BOOTSTRAP":
            guard let phase = BootstrapPhase(severity, arguments) else { return nil }
            self = .bootstrap(phase)
        case "CLOCK_SKEW": self = .clockSkew(ClockSkew(arguments))
        case "CLOCK_JUMPED": self = .clockJumped(seconds: arguments["TIME"].flatMap { Int($0) })
        case "CIRCUIT_ESTABLISHED": self = .circuitEstablished
        case "CIRCUIT_NOT_ESTABLISHED": self = .circuitNotEstablished(reason: arguments["REASON"])
        case "ENOUGH_DIR_INFO": self = .enoughDirectoryInfo
        case "NOT_ENOUGH_DIR_INFO": self = .notEnoughDirectoryInfo
        case "CONSENSUS_ARRIVED": self = .consensusArrived
        default: self = .other(severity: severity, action: action, arguments: arguments)
        }
    }
}

extension StatusEvent: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// Without the arguments of unknown actions: SOCKS_BAD_HOSTNAME and its like name destinations.
    public var description: String {
        switch self {
        case .bootstrap(let phase): "bootstrap \(phase)"
        case .clockSkew(let skew): "clock skew \(skew)"
        case .clockJumped(let seconds): "clock jumped \(seconds.map { "\($0) s" } ?? "by an unknown time")"
        case .circuitEstablished: "circuit established"
        case .circuitNotEstablished(let reason): "circuit not established: \(reason ?? "no reason given")"
        case .enoughDirectoryInfo: "enough directory information"
        case .notEnoughDirectoryInfo: "not enough directory information"
        case .consensusArrived: "consensus arrived"
        case .other(_, let action, _): action
        }
    }

    public var debugDescription: String { description }
    public var customMirror: Mirror { Mirror(self, children: ["status": description]) }
}
