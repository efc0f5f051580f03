import ArgumentParser

@main
struct TorboxLab: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "torbox-lab",
        abstract: "A private Tor network, a fake internet, the box and its clients, on this one machine.",
        subcommands: [
            DemoCommand.self, UpCommand.self, DownCommand.self, ExecCommand.self, StatusCommand.self,
            CaptureCommand.self, PagesCommand.self, ServeWebCommand.self, RewriteCommand.self,
        ])
}
