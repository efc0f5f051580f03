import ArgumentParser
import BoxLab
import Glibc

struct DemoCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "demo", abstract: "Show the box at work on real traffic; exits 0 only if every promise held.")

    func run() async throws {
        let checkout = try Checkout()
        let isTerminal = isatty(STDOUT_FILENO) == 1
        do {
            try await Interruption.cancelling {
                var demo = Demo(checkout: checkout)
                try await demo.run(staysUp: isTerminal)
                if isTerminal { try await lookAround() }
            }
        } catch is CancellationError {
            // Ctrl-C: from the middle of it, or from looking around.
        } catch {
            print("✗ \(error)")
            try await Lab.down()
            throw ExitCode.failure
        }
        try await Lab.down()
    }

    private func lookAround() async throws {
        print(
            """
            The lab stays up. From another terminal:
              torbox-lab exec client1 -- curl -s http://www.example.net/
              torbox-lab exec box -- nft list ruleset
              torbox-lab capture
              torbox-lab status
            Ctrl-C takes it down.
            """)
        try await Task.sleep(for: .seconds(86_400))
    }
}
