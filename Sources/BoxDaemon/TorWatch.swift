import BoxModel
import BoxSupervisor
import BoxTime
import Glibc
import Logging
import TorControl

/// Keeps a control connection to tor and tells what tor says of itself.
struct TorWatch: Sendable {
    let session: ControlSession
    let box: Box
    let consensusWatch: ConsensusWatch
    let inbox: Inbox
    let clock: ClockInbox
    /// Whether what tor connects to are bridges, rather than relays or a proxy.
    let reachesBridges: Bool
    let torLog: TorLog
    let log: Logger

    /// What the watch needs to hear of: bootstrap, the clock, new consensuses and notices, in which tor scrubs
    /// destinations; no event that names one.
    static let events: Set<ControlEvent.Kind> = [
        .statusClient, .statusGeneral, .newConsensus, .notice, .warning, .error,
    ]

    /// Runs until the task is cancelled.
    func run() async {
        var current: ControlConnection?
        for await event in session {
            do {
                switch event {
                case .connected(let connection):
                    current = connection
                    try await tellAll(connection)
                case .event(let event):
                    if let current { try await tell(event, current) }
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
                current?.close()
            }
        }
    }

    private func tellAll(_ connection: ControlConnection) async throws {
        let phase = try await connection.bootstrapPhase()
        await box.use(connection)
        consensusWatch.look()
        inbox.send(.torAnswers(bootstrap: phase.progress))
        tellFailure(of: phase)
    }

    /// One relay that fails is no news, but a bridge is most often the only way.
    private func tellFailure(of phase: BootstrapPhase) {
        guard reachesBridges, let failure = BridgeFailure(phase: phase.tag, reason: phase.reason) else { return }
        inbox.send(.bridgeFailed(failure))
    }

    private func tell(_ event: ControlEvent, _ connection: ControlConnection) async throws {
        switch event {
        case .status(.bootstrap(let phase)):
            inbox.send(.torBootstrap(phase.progress))
            tellFailure(of: phase)
        case .newConsensus:
            // tor writes the file before it sends the event.
            consensusWatch.look()
        case .status(.clockSkew(let skew)):
            if let seconds = skew.seconds ?? skew.atLeast { clock.send(.torSays(skew: seconds)) }
        case .missed:
            try await tellAll(connection)
        case .log(let event):
            await torLog.add(event, at: Int64(time(nil)))
        case .status, .stream, .circuit, .networkLiveness, .other:
            break
        }
    }
}
