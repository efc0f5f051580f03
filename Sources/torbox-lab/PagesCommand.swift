import ArgumentParser
import BoxLab
import Glibc

struct PagesCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "pages", abstract: "Open the box's pages to a browser on this machine, until Ctrl-C.")

    func run() async throws {
        _ = try await Lab.running(checkout: Checkout())
        print(LabDoor.invitation)
        // Whoever reads this through a pipe would else wait for it.
        fflush(nil)
        do {
            try await Interruption.cancelling { try await LabDoor.open() }
        } catch is CancellationError {
            // The usual end.
        }
    }
}
