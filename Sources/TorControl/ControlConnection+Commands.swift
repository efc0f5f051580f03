extension ControlConnection {
    /// The values for several keys, asked for in one command (control-spec 3.9).
    ///
    /// Values of several lines have them joined by LF.
    public func getInfo(_ keys: [String]) async throws -> [String: String] {
        try await getInfoBytes(keys).mapValues { String(decoding: $0, as: UTF8.self) }
    }

    /// The value for one key (control-spec 3.9).
    public func getInfo(_ key: String) async throws -> String {
        String(decoding: try await getInfoBytes(key), as: UTF8.self)
    }

    func getInfoBytes(_ key: String) async throws -> [UInt8] {
        guard let value = try await getInfoBytes([key])[key] else {
            throw ControlError(.malformed, "tor's answer to GETINFO \(key) holds no value for it")
        }
        return value
    }

    private func getInfoBytes(_ keys: [String]) async throws -> [String: [UInt8]] {
        guard !keys.isEmpty else { return [:] }
        let reply = try await send("GETINFO \(try keys.map(Self.keyword).joined(separator: " "))")
        // The last line is a bare OK.
        return reply.lines.dropLast().reduce(into: [:]) { values, line in
            let key = line.text.prefix { $0 != "=" }
            values[String(key)] = line.data ?? Array(line.text.utf8.dropFirst(key.utf8.count + 1))
        }
    }

    /// The options' values now, in tor's order; an option of several values comes several times (control-spec 3.3).
    public func getConfiguration(_ names: String...) async throws -> [TorOption] {
        guard !names.isEmpty else { return [] }
        let reply = try await send("GETCONF \(try names.map(Self.keyword).joined(separator: " "))")
        return try reply.lines.map { line throws(ControlError) in try TorOption(reply: line.text) }
    }

    /// Sets all these options or, where tor objects to one of them, none (control-spec 3.1).
    ///
    /// An option given once replaces all its former values.
    ///
    /// - Parameter limit: as in ``send(_:limit:)``.
    public func setConfiguration(_ options: [TorOption], limit: Duration = .seconds(30)) async throws {
        guard !options.isEmpty else { return }
        try await send("SETCONF \(try options.map { try $0.written() }.joined(separator: " "))", limit: limit)
    }

    /// Gives these options their default values back (control-spec 3.2).
    public func resetConfiguration(_ names: String...) async throws {
        guard !names.isEmpty else { return }
        try await send("RESETCONF \(try names.map(Self.keyword).joined(separator: " "))")
    }

    /// Sends tor a signal (control-spec 3.7).
    ///
    /// A connection that ends in answer to `.shutdown` or `.halt` counts as done.
    public func signal(_ signal: Signal) async throws {
        do {
            try await send("SIGNAL \(signal.rawValue)")
        } catch let error as ControlError where error.kind == .closed && signal.endsTor {
            return
        }
    }

    /// Asks for exactly these kinds of events from now on (control-spec 3.4).
    public func subscribe(to kinds: Set<ControlEvent.Kind>) async throws {
        try await send((["SETEVENTS"] + kinds.map(\.rawValue).sorted()).joined(separator: " "))
    }

    /// Refuses what would be read as more than one keyword.
    static func keyword(_ name: String) throws(ControlError) -> String {
        guard !name.isEmpty, name.utf8.allSatisfy({ (0x21...0x7E).contains($0) && $0 != UInt8(ascii: "=") }) else {
            throw ControlError(.argument, "not a name that tor could know: an empty one, or one with spaces or =")
        }
        return name
    }
}
