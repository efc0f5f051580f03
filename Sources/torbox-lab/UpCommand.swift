import ArgumentParser
import BoxLab

struct UpCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "up", abstract: "Bring the lab up; where it is up already, change what its box is.")

    @Option(help: "The folder with torboxd; this program's own unless given.")
    var programs: String?

    @Flag(help: "Wires and Tor network only: nothing runs on the box.")
    var withoutBox = false

    @Flag(help: "The box as a plain NAT router, without any protection: the control of every check.")
    var naked = false

    func validate() throws {
        if withoutBox && naked { throw ValidationError("--without-box and --naked exclude each other") }
    }

    func run() async throws {
        let mode: LabMode = withoutBox ? .withoutBox : naked ? .naked : .box
        let checkout = try Checkout(programs: programs)
        do {
            _ = try await Interruption.cancelling { try await Lab.up(mode: mode, checkout: checkout) }
        } catch is CancellationError {
            throw ExitCode(130)
        }
    }
}
