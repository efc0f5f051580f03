extension ControlConnection {
    /// Tor's version, such as `0.4.9.11`.
    public func version() async throws -> String {
        try await getInfo("version")
    }

    /// The process id of tor.
    public func processID() async throws -> Int32 {
        try await read("process/pid") { Int32($0) }
    }

    /// How far tor has come on its way into the network.
    public func bootstrapPhase() async throws -> BootstrapPhase {
        try await read("status/bootstrap-phase") { BootstrapPhase(status: $0) }
    }

    /// Where tor accepts connections of one kind; empty where it does not, or not while `DisableNetwork` is 1.
    public func listeners(_ kind: Listener.Kind) async throws -> [Listener] {
        try await read("net/listeners/\(kind.rawValue)") { Listener.list($0) }
    }

    /// The circuits that exist now.
    public func circuits() async throws -> [CircuitEvent] {
        try await readLines("circuit-status") { CircuitEvent(Words($0)) }
    }

    /// The client connections that exist now; without source, purpose and reason, which tor does not tell here.
    public func streams() async throws -> [StreamEvent] {
        try await readLines("stream-status") { StreamEvent(Words($0)) }
    }

    /// The guards that tor has chosen, or the bridges that stand in for them, in its order.
    public func entryGuards() async throws -> [EntryGuard] {
        try await readLines("entry-guards") { EntryGuard(Words($0)) }
    }

    /// What tor's consensus says of a relay; `nil` for one that it does not list, such as a bridge.
    public func relay(_ identity: RelayIdentity) async throws -> RelayStatus? {
        do {
            return try await read("ns/id/$\(identity)") { RelayStatus($0) }
        } catch let error as ControlError where error.kind == .refused {
            return nil
        }
    }

    private func readLines<Value>(_ key: String, _ parse: (Substring) -> Value?) async throws -> [Value] {
        try await read(key) { text in
            let values = text.split(separator: "\n").map(parse)
            return values.contains { $0 == nil } ? nil : values.compactMap(\.self)
        }
    }

    private func read<Value>(_ key: String, _ parse: (String) -> Value?) async throws -> Value {
        guard let value = parse(try await getInfo(key)) else {
            throw ControlError(.malformed, "tor's value of \(key) cannot be read")
        }
        return value
    }
}
