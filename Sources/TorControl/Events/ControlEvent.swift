/// Something that tor reports of its own accord (control-spec 4.1).
public enum ControlEvent: Hashable, Sendable {
    /// STATUS_CLIENT and STATUS_GENERAL: how tor itself fares.
    case status(StatusEvent)
    /// NEWCONSENSUS: the whole list of usable relays, anew.
    case newConsensus(NewConsensus)
    /// STREAM: one client connection.
    case stream(StreamEvent)
    /// CIRC: one circuit.
    case circuit(CircuitEvent)
    /// NETWORK_LIVENESS: whether tor thinks that the network is there.
    case networkLiveness(NetworkLiveness)
    /// NOTICE, WARN, ERR: a line of tor's log.
    case log(LogEvent)
    /// An event of another kind, or one whose text could not be understood; kept whole.
    case other(Reply)
    /// So many events were lost here, because the consumer was slower than tor: what it knows may be out of date and
    /// must be read anew.
    case missed(Int)

    /// The kinds to which a connection can subscribe (control-spec 3.4).
    public enum Kind: String, Hashable, Sendable, CaseIterable {
        case statusClient = "STATUS_CLIENT"
        case statusGeneral = "STATUS_GENERAL"
        case newConsensus = "NEWCONSENSUS"
        case stream = "STREAM"
        case circuit = "CIRC"
        case networkLiveness = "NETWORK_LIVENESS"
        case notice = "NOTICE"
        case warning = "WARN"
        case error = "ERR"
    }

    /// Reads an asynchronous reply; what is not understood becomes `.other`.
    public init(_ reply: Reply) {
        self = Self.typed(reply) ?? .other(reply)
    }

    private static func typed(_ reply: Reply) -> ControlEvent? {
        guard let line = reply.lines.first else { return nil }
        var words = Words(line.text)
        guard let kind = words.next().flatMap(Kind.init) else { return nil }
        return switch kind {
        case .statusClient, .statusGeneral: StatusEvent(words).map(ControlEvent.status)
        case .newConsensus: .newConsensus(NewConsensus(lines: line.data ?? []))
        case .stream: StreamEvent(words).map(ControlEvent.stream)
        case .circuit: CircuitEvent(words).map(ControlEvent.circuit)
        case .networkLiveness: words.next().map { .networkLiveness(NetworkLiveness($0)) }
        case .notice: .log(LogEvent(.notice, line, words))
        case .warning: .log(LogEvent(.warning, line, words))
        case .error: .log(LogEvent(.error, line, words))
        }
    }
}

/// The list of usable relays that a NEWCONSENSUS event carries (control-spec 4.1.15).
public struct NewConsensus: Hashable, Sendable {
    /// Router status entries as tor wrote them, lines joined by LF.
    public var lines: [UInt8]
}

extension NewConsensus: CustomStringConvertible {
    public var description: String { "consensus of \(lines.count) bytes" }
}

/// Whether tor thinks that the network is reachable (control-spec 4.1.27).
public enum NetworkLiveness: Hashable, Sendable {
    case up
    case down
    case other(String)

    init(_ word: String) {
        self =
            switch word.uppercased() {
            case "UP": .up
            case "DOWN": .down
            default: .other(word)
            }
    }
}

/// How much an event matters in tor's eyes (control-spec 4.1.5, 4.1.10).
public enum Severity: String, Hashable, Sendable {
    case notice = "NOTICE"
    case warning = "WARN"
    case error = "ERR"
}

/// A line of tor's log (control-spec 4.1.5).
public struct LogEvent: Hashable, Sendable {
    public var severity: Severity
    /// Tor leaves out addresses here as long as its option `SafeLogging` is 1, its default.
    public var message: String

    init(_ severity: Severity, _ line: Reply.Line, _ words: Words) {
        self.severity = severity
        message = line.data.map { String(decoding: $0, as: UTF8.self) } ?? String(words.rest.dropFirst())
    }
}
