import BoxAPI
import BoxConfiguration
import BoxRendering
import Glibc
import HostSystem
import Logging
import NetAddress
import TorControl
import TorDocuments

extension Answers {
    /// Which way tor takes, and who the relays are.
    func circuits() async throws -> CircuitsReport {
        try await withTor { tor in
            let paths = try await TorPaths.now(tor, hasBridges: !configuration.bridges.isEmpty)
            var relays: [RelayIdentity: CircuitsReport.Relay] = [:]
            var failure: HostError?
            for identity in paths.relays {
                guard let status = try await tor.relay(identity) else { continue }
                var country: String?
                do throws(HostError) {
                    country = try Countries().country(of: .v4(status.address))
                } catch {
                    failure = error
                }
                relays[identity] = CircuitsReport.Relay(
                    isBridge: false, fingerprint: "\(identity)", nickname: status.nickname, country: country,
                    flags: status.flags)
            }
            if let failure { log.warning("countries: \(failure); install tor-geoipdb") }
            return paths.report(relays, now: UnixTime(seconds: Int64(time(nil))))
        }
    }

    /// - Returns: in how many seconds tor does it.
    func newIdentity() async throws -> NewIdentityReport {
        try await withTor { try await $0.signal(.newIdentity) }
        return NewIdentityReport(delaySeconds: await identities.delaySeconds())
    }

    /// Asks tor over a connection of its own.
    ///
    /// - Throws: ``Refusal`` where tor does not answer.
    func withTor<Value: Sendable>(
        limit: Duration = .seconds(5), _ ask: @escaping @Sendable (ControlConnection) async throws -> Value
    ) async throws -> Value {
        let (socket, cookie) = (paths.services.torControlSocket, paths.services.torControlCookie)
        do {
            return try await withTimeLimit(limit, naming: "tor") {
                let connection = try await ControlConnection.connect(socketPath: socket, cookiePath: cookie)
                defer { connection.close() }
                return try await ask(connection)
            }
        } catch let error as ControlError {
            throw Refusal(.failed, "tor does not answer: \(error); it is started again by itself, so try again soon")
        }
    }
}

/// Remembers when tor was last asked for a new identity.
actor Identities {
    private var pace = IdentityPace()

    /// Takes note of a wish; in whole seconds, rounded up.
    func delaySeconds() -> Int {
        let delay = pace.delay(at: .now).components
        return Int(delay.seconds) + (delay.attoseconds > 0 ? 1 : 0)
    }
}
