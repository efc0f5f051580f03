import ArgumentParser
import BoxLab
import Glibc

struct DemoCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "demo", abstract: "Show the box at work on real traffic; exits 0 only if every promise held.")

    @Flag(help: "Leave the lab up at the end, until Ctrl-C; on a terminal it stays anyway.")
    var stay = false

    func run() async throws {
        let staysUp = stay || isatty(STDOUT_FILENO) == 1
        do {
            try await Interruption.cancelling {
                var demo = Demo(checkout: try Checkout())
                try await demo.run(staysUp: staysUp)
                if staysUp { try await lookAround() }
            }
        } catch is CancellationError {
            try await Lab.down()
            throw ExitCode(130)
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
            The lab stays up. \(LabDoor.invitation)
            From another terminal, in the folder of torbox-lab:
              torbox-lab exec client1 -- curl -s http://www.example.net/
              torbox-lab exec box -- nft list ruleset
              torbox-lab capture
              torbox-lab status
            Ctrl-C takes it down.
            """)
        // Whoever reads this through a pipe would else wait for it.
        fflush(nil)
        do {
            try await LabDoor.open()
        } catch is CancellationError {
            // All has held by now, so that Ctrl-C is a good end.
        }
    }
}
