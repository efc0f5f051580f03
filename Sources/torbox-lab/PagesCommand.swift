import ArgumentParser
import BoxLab
import Glibc

struct PagesCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "pages", abstract: "Open the box's pages to a browser on this machine, until Ctrl-C.")

    static let words = """
        The box's pages, in a browser on this machine:
          http://\(LabDoor.client1.host)/    as client1: who comes first becomes the owner
          http://\(LabDoor.client2.host)/    as client2: a guest, who does not log in
        """

    func run() async throws {
        _ = try await Lab.running(checkout: Checkout())
        print(Self.words)
        // Whoever reads this through a pipe would else wait for it.
        fflush(nil)
        do {
            try await Interruption.cancelling { try await LabDoor.open() }
        } catch is CancellationError {
            // The usual end.
        }
    }
}
