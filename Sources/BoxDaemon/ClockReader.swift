import BoxTime
import HostSystem
import Logging
import TorLink

/// Starts `torbox-clock`, a program without any right but to connect to relays, and hands on what it says.
struct ClockReader: Sendable {
    /// The program, as the system user that the airlock knows.
    let command: Command

    /// It ends by itself within 30 seconds.
    private static let limit = Duration.seconds(40)

    /// Has these relays asked, and tells each answer and the end.
    func ask(_ relays: [RelayClock], _ clockInbox: ClockInbox, _ log: Logger) async {
        let questions = relays.map { "\(ClockQuestion($0))\n" }.joined()
        do {
            try await command.lines(input: questions, limit: Self.limit) { line in
                do {
                    clockInbox.send(.line(try ClockLine(json: Array(line.utf8))))
                } catch {
                    log.error("time: torbox-clock wrote a line that cannot be read")
                }
            }
        } catch {
            log.error("time: \(error)")
        }
        clockInbox.send(.roundEnded)
    }
}
