import HostSystem
import NetAddress
import TorControl

extension LabBox {
    private static let consensus = DurableFile("\(state.path)/tor/\(ConsensusFlavour.microdesc.file)")

    /// Editions as the authorities sign them, each younger than the one before and than what the box's tor keeps.
    public func documents(of editions: [Edition]) async throws -> [String] {
        let kept = Consensus(String(decoding: try Self.consensus.read(limit: 1 << 26), as: UTF8.self))
        guard let last = kept.validAfter else { throw LabError(.box, "\(Self.consensus.path): has no date") }
        return try await tor.documents(of: editions, validAfter: last + 1)
    }

    /// Puts an edition's document in the place of the consensus that the box's tor keeps; torboxd looks there and takes
    /// it over.
    ///
    /// The box's tor goes on with what it has read before, and puts its next consensus there. An edition's invented
    /// relays are known by ``holdsGuard(_:)``.
    public func lay(_ document: String) throws {
        try Self.consensus.replace(with: document)
    }

    /// Whether the kernel lets a device's own Tor connect there now.
    public func holdsGuard(_ endpoint: Endpoint) async throws -> Bool {
        let set =
            switch endpoint.address {
            case .v4: "guards4"
            case .v6: "guards6"
            }
        let element = "{ \(endpoint.address) . \(endpoint.port) }"
        return try await LabHost.box.outcome("nft", ["get", "element", "inet", "torbox", set, element]).status == 0
    }

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
