import ArgumentParser

@main
struct TorboxDaemon: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "torboxd")
}
