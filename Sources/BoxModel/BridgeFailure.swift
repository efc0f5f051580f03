/// What tor met on its way to a bridge.
public enum BridgeFailure: Sendable, Hashable, CaseIterable {
    case refused
    case noAnswer
    case otherFingerprint
    case transport
    case brokenOff

    /// Takes the word by which tor names the end of a connection (control-spec 4.1.3).
    public init(reason: String) {
        switch reason {
        case "CONNECTREFUSED": self = .refused
        case "TIMEOUT", "NOROUTE": self = .noAnswer
        case "IDENTITY": self = .otherFingerprint
        case "PT_MISSING": self = .transport
        default: self = .brokenOff
        }
    }
}

extension BridgeFailure: CustomStringConvertible {
    public var description: String {
        switch self {
        case .refused: "the bridge refuses connections"
        case .noAnswer: "the bridge does not answer"
        case .otherFingerprint: "at the bridge's address is a relay with another fingerprint"
        case .transport: "obfs4proxy does not run"
        case .brokenOff: "the connection to the bridge breaks off"
        }
    }
}
