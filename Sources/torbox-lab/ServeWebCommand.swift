import ArgumentParser
import BoxLab

/// Run by the lab inside the fake internet's namespace.
struct ServeWebCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "serve-web", shouldDisplay: false)

    func run() async throws {
        try await WebServer.lab.run()
    }
}
