import BoxConfiguration
import BoxSupervisor
import Logging
import TorControl

/// Keeps a control connection to tor and tells what tor says of itself.
struct TorWatch: Sendable {
    let configuration: Configuration.Tor
    let session: ControlSession
    let box: Box
    let inbox: Inbox
    let log: Logger

    /// What the watch needs to hear of: bootstrap and relays; no event that names a destination.
    static let events: Set<ControlEvent.Kind> = [.statusClient, .newConsensus]

    /// Runs until the task is cancelled.
    func run() async {
        var current: (connection: ControlConnection, doors: Doors)?
        for await event in session {
            do {
                switch event {
                case .connected(let connection):
                    let doors = try await Doors(configuration, connection: connection)
                    current = (connection, doors)
                    try await tellAll(connection, doors)
                case .event(let event):
                    if let current { try await tell(event, current.connection, current.doors) }
                case .lost(let reason), .retrying(let reason):
                    log.warning("tor: \(reason)")
                    current = nil
                    await box.use(nil)
                    inbox.send(.torGone)
                }
            } catch {
                log.error("tor: \(error)")
                // The session notices, says so, and starts over with a new connection.
                if case .connected(let connection) = event { connection.close() }
                current?.connection.close()
            }
        }
    }

    private func tellAll(_ connection: ControlConnection, _ doors: Doors) async throws {
        let relays = try await connection.routers()
        let phase = try await connection.bootstrapPhase()
        await box.use(connection)
        inbox.send(.torAnswers(bootstrap: phase.progress, doors: doors.through(relays)))
    }

    private func tell(_ event: ControlEvent, _ connection: ControlConnection, _ doors: Doors) async throws {
        switch event {
        case .status(.bootstrap(let phase)):
            inbox.send(.torBootstrap(phase.progress))
        case .newConsensus(let consensus):
            inbox.send(.torDoors(doors.through(try consensus.routers())))
        case .missed:
            try await tellAll(connection, doors)
        case .status, .stream, .circuit, .networkLiveness, .log, .other:
            break
        }
    }
}
