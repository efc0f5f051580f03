import ArgumentParser
import BoxAPI
import BoxModel

public struct SettingsCommand: AsyncParsableCommand {
    public static let configuration = CommandConfiguration(
        commandName: "settings", abstract: "Show the owner's settings, or put one of them in force.",
        subcommands: [SettingsShow.self, SettingsSet.self], defaultSubcommand: SettingsShow.self)

    public init() {}
}

struct SettingsShow: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show", abstract: "Show the settings that are in force.")

    @Flag(help: "Show bridges, logins and passwords too.")
    var reveal = false

    @OptionGroup var asking: Asking

    func run() async throws {
        let settings = try await asking.settings()
        try asking.print(reveal ? settings : settings.masked, settings.words(revealing: reveal))
    }
}

struct SettingsSet: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "set", abstract: "Put one setting in force; the others stay.",
        usage: "torbox settings set KEY [VALUE…]",
        discussion: """
            The last value may be -, and is then read from standard input, so that no password stands in the shell's \
            history; a list is read one line an element. A list without values is emptied.

            \(SettingsKey.allCases.map(\.help).joined(separator: "\n"))

            Where tor must start anew for it, the devices' connections break for some seconds. Where tor does not come \
            back within a minute, the earlier settings are put in force again, and `torbox status` says why.
            """)

    @Argument(help: "One of the keys above.")
    var key: SettingsKey

    @Argument(parsing: .remaining, help: ArgumentHelp("What it is from now on.", valueName: "value"))
    var values: [String] = []

    @OptionGroup var asking: Asking

    func run() async throws {
        var settings = try await asking.settings()
        try key.set(whole(), in: &settings)
        try await asking.order(.change(settings: settings), "\(key.rawValue): in force")
    }

    /// The values with what stands on standard input.
    private func whole() -> [String] {
        guard values.last == "-" else { return values }
        var read: [String] = []
        while let line = readLine() {
            if !line.isEmpty { read.append(line) }
        }
        return values.dropLast() + read
    }
}

extension Asking {
    fileprivate func settings() async throws -> Settings {
        guard case .settings(let settings) = try await ask(.settings) else { throw unexpected() }
        return settings
    }
}
