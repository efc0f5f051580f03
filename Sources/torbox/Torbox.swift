import ArgumentParser
import BoxCommand

@main
struct Torbox: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "torbox",
        abstract: "Asks the running box, and tells it what the owner wants.",
        discussion: """
            Exits 0 when done, 1 when the box refuses, 3 when `status` finds the box not open, 64 for a command that \
            cannot be understood, 69 when torboxd does not answer, 77 when you may not ask it.
            """,
        subcommands: [
            SetupCommand.self, StatusCommand.self, DevicesCommand.self, DoorsCommand.self, TimeCommand.self,
            WhyCommand.self,
            TrafficCommand.self, RefusedCommand.self,
            MachineCommand.self, AirlockCommand.self, BackupCommand.self, RestoreCommand.self, RestartCommand.self,
            PowerOffCommand.self,
            CircuitsCommand.self, NewIdentityCommand.self, LogCommand.self,
            SettingsCommand.self, PasswordCommand.self, UpdateCommand.self,
        ])
}
