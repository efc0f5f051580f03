extension TorNetwork {
    /// Runs something while no relay hears anybody, so that a tor that starts meanwhile stays on its way.
    ///
    /// The relays hear again afterwards, whether it ended well or not.
    func whileDeaf<Value>(_ body: () async throws -> Value) async throws -> Value {
        try await LabHost.inet.run("nft", ["-f", "-"], input: Self.deafness)
        let value: Value
        do {
            value = try await body()
        } catch {
            try await LabHost.inet.run("nft", ["delete", "table", "inet", "deaf"])
            throw error
        }
        try await LabHost.inet.run("nft", ["delete", "table", "inet", "deaf"])
        return value
    }

    private static let deafness = """
        table inet deaf {
            chain arriving {
                type filter hook input priority filter
                tcp dport \(TorNode.orPort) drop
            }
        }
        """
}
