import BoxAPI
import Logging

/// Where the owner's requests come in, for as long as the process lives; between two daemons they wait a moment.
actor Desk {
    private let socket: String
    private let log: Logger
    private var answers: Answers?

    init(socket: String, log: Logger) {
        self.socket = socket
        self.log = log
    }

    /// Says who answers from now on; nobody where `nil`.
    func seat(_ answers: Answers?) {
        self.answers = answers
    }

    /// Runs until the task is cancelled. A box that cannot be asked works on; the socket is tried again.
    func run() async {
        repeat {
            do {
                try await APIServer(path: socket) { await self.answer($0) }.run()
            } catch is CancellationError {
                return
            } catch {
                log.error("requests: \(error)")
            }
        } while (try? await Task.sleep(for: .seconds(5))) != nil
    }

    private func answer(_ request: Request) async -> Reply {
        while true {
            if let answers { return await answers.answer(request) }
            // The server's patience ends this.
            guard (try? await Task.sleep(for: .milliseconds(50))) != nil else {
                return .refused(Refusal(.busy, "the box takes other settings over; ask again in some seconds"))
            }
        }
    }
}
