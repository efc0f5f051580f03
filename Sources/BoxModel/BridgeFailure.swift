/// What tor met on its way to a bridge.
public enum BridgeFailure: Sendable, Hashable, CaseIterable {
    case refused
    case noAnswer
    case otherFingerprint
    case transport
    case brokenOff
    /// tor hears nothing of what obfs4proxy or snowflake-client meets.
    case notThrough

    /// Takes the words of tor's bootstrap events: its phase, and how a connection ended (control-spec 4.1.3, 5.5).
    ///
    /// - Returns: `nil` where nothing stands in the way.
    public init?(phase: String, reason: String?) {
        switch reason {
        case nil where phase == "conn_done_pt": self = .notThrough
        case nil: return nil
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
        case .transport: "the program for this kind of bridge does not run"
        case .brokenOff: "the connection to the bridge breaks off"
        case .notThrough: "the program for this kind of bridge has not got through to it yet"
        }
    }
}
