import BoxConfiguration
import BoxSupervisor
import HostSystem
import Logging
import NetAddress

/// Looks every second where snowflake's program listens: at another port after each start.
struct SnowflakeWatch: Sendable {
    let inbox: Inbox
    let log: Logger

    /// Runs until the task is cancelled.
    func run() async {
        var told: Snowflake?
        repeat {
            let found = look()
            guard found != told else { continue }
            log.info("snowflake: its program \(found == .gone ? "does not listen" : "listens")")
            inbox.send(.snowflake(found))
            told = found
        } while (try? await Task.sleep(for: .seconds(1))) != nil
    }

    private func look() -> Snowflake {
        do {
            let user = try UserAccount(named: Configuration.snowflakeUser).user
            let ports = try ListeningSockets.ports(of: user, on: Self.place)
            return ports.first.map { .listens(port: $0) } ?? .gone
        } catch {
            log.error("snowflake: \(error)")
            return .gone
        }
    }

    private static let place = IPv4Address("127.0.0.1")!
}
