import ArgumentParser
import BoxLab

struct DownCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "down", abstract: "Take the lab down and remove all it left, also after a crash.")

    func run() async throws {
        try await Lab.down()
    }
}
