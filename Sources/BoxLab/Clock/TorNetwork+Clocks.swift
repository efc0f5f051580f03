import HostSystem

extension TorNetwork {
    /// Starts true relays anew with clocks of their own, which are wrong.
    ///
    /// - Parameter clock: what their clocks show; the right time again where `nil`.
    public func restart(_ nodes: [TorNode], clock: FalseTime?) async throws {
        for node in nodes { try await LabProcess.running("tor-\(node.nickname)", on: .inet)?.end() }
        var started: [LabProcess] = []
        for node in nodes {
            if let clock {
                started.append(try await start(node, clock: clock))
            } else {
                started.append(try await node.start(authorities: authorityLines, votingOffset: 0))
            }
        }
        try await Self.waitUntilListening(started)
    }

    private func start(_ node: TorNode, clock: FalseTime) async throws -> LabProcess {
        let own = try await FakeClock(named: node.nickname)
        try await own.set(clock)
        // It would change its keys in years to come, and be another relay than the consensus knows for ever.
        let copy = LabFolder.run / "wrong-\(node.nickname)"
        try copy.remove()
        try await Command("cp", ["-a", node.folder.path, copy.path]).endingWithTheLab.run()
        return try await node.start(
            authorities: authorityLines, votingOffset: 0, more: ["DataDirectory \(copy.path)"], clock: own)
    }
}
