/// A change of one circuit (control-spec 4.1.1). It prints without its path.
public struct CircuitEvent: Hashable, Sendable {
    public enum Status: String, Hashable, Sendable {
        case launched = "LAUNCHED"
        case built = "BUILT"
        case guardWait = "GUARD_WAIT"
        case extended = "EXTENDED"
        case failed = "FAILED"
        case closed = "CLOSED"
        /// A status that this version does not know.
        case unknown = ""
    }

    /// Tor's name for the circuit.
    public var id: String
    public var status: Status
    /// The relays so far, ours first; empty before the first hop.
    public var path: [RelayIdentity]
    /// Such as `GENERAL`, `HS_CLIENT_REND`, `CONFLUX_LINKED`.
    public var purpose: String?
    /// Such as `IS_INTERNAL`, `NEED_CAPACITY`.
    public var buildFlags: Set<String>
    /// When it was begun, in UTC by tor's clock, such as `2026-11-22T12:34:56.123456`.
    public var created: String?
    public var reason: String?
    public var remoteReason: String?

    /// Reads what follows the kind, or a line of `GETINFO circuit-status`.
    init?(_ words: Words) {
        var words = words
        guard let id = words.next(), let status = words.next() else { return nil }
        let path = words.next { $0.first == "$" }
        guard let arguments = words.arguments() else { return nil }
        self.id = id
        self.status = Status(rawValue: status) ?? .unknown
        let hops = (path ?? "").split(separator: ",").map { RelayIdentity(hex: $0.prefix(41)) }
        guard !hops.contains(nil) else { return nil }
        self.path = hops.compactMap(\.self)
        purpose = arguments["PURPOSE"]
        buildFlags = Set((arguments["BUILD_FLAGS"] ?? "").split(separator: ",").map(String.init))
        created = arguments["TIME_CREATED"]
        reason = arguments["REASON"]
        remoteReason = arguments["REMOTE_REASON"]
    }
}

extension CircuitEvent: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    public var description: String {
        "circuit \(id) \(status) with \(path.count) hops" + (reason.map { ": \($0)" } ?? "")
    }

    public var debugDescription: String { description }
    public var customMirror: Mirror { Mirror(self, children: ["id": id, "status": status]) }
}
