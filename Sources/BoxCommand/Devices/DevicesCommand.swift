import ArgumentParser

public struct DevicesCommand: AsyncParsableCommand {
    public static let configuration = CommandConfiguration(
        commandName: "devices", abstract: "List the devices, name them, and say what they may.",
        subcommands: [
            DevicesList.self, DevicesRename.self, DevicesOwnTor.self, DevicesBlock.self, DevicesUnblock.self,
        ],
        defaultSubcommand: DevicesList.self)

    public init() {}
}
