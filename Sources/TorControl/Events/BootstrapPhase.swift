/// How far tor has come on its way into the network (control-spec 4.1.10 BOOTSTRAP, 5.5).
public struct BootstrapPhase: Hashable, Sendable {
    public var severity: Severity
    /// Percent, 0...100.
    public var progress: Int
    /// The phase for programs, such as `conn_done` or `done`.
    public var tag: String
    /// What tor tries next, for people, in English.
    public var summary: String
    /// What hinders it, for people; the format may change at any time. It may name a relay's address.
    public var warning: String?
    /// What hinders it, for programs (control-spec 4.1.3), such as `NOROUTE`.
    public var reason: String?
    /// How many problems there were in this phase.
    public var count: Int?
    /// True where tor is pretty sure that somebody should be told.
    public var deservesWarning: Bool

    public var isDone: Bool { progress == 100 }

    /// Reads the value of `GETINFO status/bootstrap-phase`: a status event without its kind.
    init?(status text: String) {
        guard case .bootstrap(let phase) = StatusEvent(Words(text)) else { return nil }
        self = phase
    }

    init?(_ severity: Severity, _ arguments: [String: String]) {
        guard let progress = arguments["PROGRESS"].flatMap({ Int($0) }), (0...100).contains(progress) else {
            return nil
        }
        self.severity = severity
        self.progress = progress
        tag = arguments["TAG"] ?? ""
        summary = arguments["SUMMARY"] ?? ""
        warning = arguments["WARNING"]
        reason = arguments["REASON"]
        count = arguments["COUNT"].flatMap { Int($0) }
        deservesWarning = arguments["RECOMMENDATION"] == "warn"
    }
}

extension BootstrapPhase: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// Without the warning's text, which may name a bridge.
    public var description: String {
        "\(progress)% (\(tag))" + (reason.map { ": \($0)" } ?? "")
    }

    public var debugDescription: String { description }
    public var customMirror: Mirror { Mirror(self, children: ["progress": progress, "tag": tag]) }
}
