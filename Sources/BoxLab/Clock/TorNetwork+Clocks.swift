extension TorNetwork {
    /// Starts true relays anew with clocks of their own, which are wrong.
    ///
    /// - Parameter clock: what their clocks show; the right time again where `nil`.
    public func restart(_ nodes: [TorNode], clock: FalseTime?) async throws {
        for node in nodes { try await LabProcess.running("tor-\(node.nickname)", on: .inet)?.end() }
        var started: [LabProcess] = []
        for node in nodes {
            var own: FakeClock?
            if let clock {
                let made = try await FakeClock(named: node.nickname)
                try await made.set(clock)
                own = made
            }
            started.append(try await node.start(authorities: authorityLines, votingOffset: 0, clock: own))
        }
        try await Self.waitUntilListening(started)
    }
}
