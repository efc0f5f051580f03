import ArgumentParser
import BoxLab

struct StatusCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "status", abstract: "Say what is there; exits 0 where the lab is up, 1 where it is not.")

    @Flag(help: "For programs.")
    var json = false

    func run() async throws {
        let status = try await LabStatus.now(checkout: Checkout())
        print(json ? try status.json : "\(status)")
        if !status.isUp { throw ExitCode.failure }
    }
}
