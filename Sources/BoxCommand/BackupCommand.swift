import ArgumentParser
import BoxAPI
import HostSystem

public struct BackupCommand: AsyncParsableCommand {
    public static let configuration = CommandConfiguration(
        commandName: "backup", abstract: "Print the settings, sealed with a passphrase.",
        discussion: "As in: torbox backup > torbox-backup.asc. The passphrase is asked, or read from standard input.")

    @OptionGroup var asking: Asking

    public init() {}

    public func run() async throws {
        let passphrase = try Terminal.secret(asking: "Passphrase for the backup: ", isNew: true)
        guard case .backup(let file) = try await asking.ask(.backup(passphrase: passphrase)) else {
            throw asking.unexpected()
        }
        // The file ends its last line itself.
        try asking.print(file, String(file.text.dropLast(file.text.hasSuffix("\n") ? 1 : 0)))
    }
}

public struct RestoreCommand: AsyncParsableCommand {
    public static let configuration = CommandConfiguration(
        commandName: "restore", abstract: "Put the settings of a backup in force.",
        discussion: "The passphrase is asked, or read from standard input.")

    @Argument(help: "What `torbox backup` printed.")
    var file: String

    @OptionGroup var asking: Asking

    public init() {}

    public func run() async throws {
        guard let backup = BackupFile(try DurableFile(file).read()) else {
            throw ValidationError("\(file): no backup of a box; take the file as `torbox backup` printed it")
        }
        let passphrase = try Terminal.secret(asking: "Passphrase of the backup: ")
        try await asking.order(
            .restore(file: backup.text, passphrase: passphrase), "the settings of the backup are in force")
    }
}
