import NetAddress

/// A change of one client's connection (control-spec 4.1.2). It prints without its target and source.
public struct StreamEvent: Hashable, Sendable {
    public enum Status: String, Hashable, Sendable {
        case new = "NEW"
        case newResolve = "NEWRESOLVE"
        case remap = "REMAP"
        case sentConnect = "SENTCONNECT"
        case sentResolve = "SENTRESOLVE"
        case succeeded = "SUCCEEDED"
        case failed = "FAILED"
        case closed = "CLOSED"
        case detached = "DETACHED"
        case controllerWait = "CONTROLLER_WAIT"
        case xoffSent = "XOFF_SENT"
        case xoffReceived = "XOFF_RECV"
        case xonSent = "XON_SENT"
        case xonReceived = "XON_RECV"
        /// A status that this version does not know.
        case unknown = ""
    }

    /// Tor's name for the stream.
    public var id: String
    public var status: Status
    /// The circuit that carries it; `nil` as long as none does.
    public var circuit: String?
    /// Where it goes, `host:port`.
    public var target: String
    /// Who asked for it; `nil` where tor did not say, or did itself.
    public var source: Endpoint?
    /// Such as `USER`, `DNS_REQUEST`, `DIR_FETCH`.
    public var purpose: String?
    /// Why it failed or ended.
    public var reason: String?
    public var remoteReason: String?
    /// Such as `TRANS`, `DNS`, `SOCKS5`.
    public var clientProtocol: String?

    /// Reads `address:port`; tor writes IPv6 addresses here without brackets.
    private static func endpoint(_ text: String) -> Endpoint? {
        guard let colon = text.lastIndex(of: ":"), let port = UInt16(text[text.index(after: colon)...]) else { return nil }
        return IPv6Address(text[..<colon]).map { Endpoint(.v6($0), port) } ?? Endpoint(text)
    }

    /// Reads what follows the kind, or a line of `GETINFO stream-status`.
    init?(_ words: Words) {
        var words = words
        guard let id = words.next(), let status = words.next(), let circuit = words.next(), let target = words.next(),
            let arguments = words.arguments()
        else { return nil }
        self.id = id
        self.status = Status(rawValue: status) ?? .unknown
        self.circuit = circuit == "0" ? nil : circuit
        self.target = target
        source = arguments["SOURCE_ADDR"].flatMap { Self.endpoint($0) }
        purpose = arguments["PURPOSE"]
        reason = arguments["REASON"]
        remoteReason = arguments["REMOTE_REASON"]
        clientProtocol = arguments["CLIENT_PROTOCOL"]
    }
}

extension StreamEvent: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    public var description: String {
        "stream \(id) \(status) on circuit \(circuit ?? "none")" + (reason.map { ": \($0)" } ?? "")
    }

    public var debugDescription: String { description }
    public var customMirror: Mirror { Mirror(self, children: ["id": id, "status": status]) }
}
