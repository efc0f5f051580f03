import ArgumentParser
import BoxConfiguration
import BoxDaemon
import BoxFirewall
import Glibc
import Logging

@main
struct TorboxDaemon: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "torboxd", abstract: "Runs the box, or one of its preparations.")

    @Option(help: "The box's configuration.")
    var config = "/etc/torbox/torbox.toml"

    @Option(help: ArgumentHelp("Check this configuration and exit: 0, or 78 with every mistake.", valueName: "file"))
    var check: String?

    @Option(help: ArgumentHelp("Write the static ruleset into this folder and exit.", valueName: "folder"))
    var render: String?

    @Flag(help: "Print the guide to the configuration and exit.")
    var printConfigurationGuide = false

    @OptionGroup var places: Places

    @Flag(help: "Leave the services to systemd instead of running them as daemons of torboxd.")
    var underSystemd = false

    func run() async throws {
        if printConfigurationGuide { return print(ConfigurationGuide.markdown, terminator: "") }
        let log = Logger(label: "torboxd") { StreamLogHandler.standardError(label: $0) }
        let configuration: Configuration
        do {
            configuration = try Start.configuration(check ?? config, paths: places.paths)
        } catch {
            let words = "\(error)\n"
            write(STDERR_FILENO, words, words.utf8.count)
            if check == nil, render == nil { try await Firewall.close() }
            throw ExitCode(Start.configurationExit)
        }
        if check != nil { return }
        if let render { return try await Start.render(configuration, into: render) }
        try await Start.box(
            configuration, from: config, paths: places.paths, underSystemd: underSystemd, log: log)
    }
}
