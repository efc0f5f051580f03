import ArgumentParser

@main
struct TorboxLab: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "torbox-lab")
}
