import TorControl

extension LabBox {
    /// Makes the box's tor look for a newer consensus now, and waits until it has the one of an edition.
    ///
    /// - Parameter edition: what ``TorNetwork/publish(_:)`` returned.
    public func askForConsensus(_ edition: String) async throws {
        let connection = try await torControl()
        defer { connection.close() }
        // Its file says "no network yet", which torboxd has lifted since, and must lift again after the next start.
        guard let torrc = try Self.runtime.read("torrc") else { throw LabError(.box, "the box has no torrc") }
        try Self.runtime.write(torrc.replacing("DisableNetwork 1", with: "DisableNetwork 0"), to: "torrc")
        do {
            try await connection.take(edition)
        } catch {
            try Self.runtime.write(torrc, to: "torrc")
            throw error
        }
        try Self.runtime.write(torrc, to: "torrc")
    }
}
