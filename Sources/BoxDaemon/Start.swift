import BoxConfiguration
import BoxRendering
import HostSystem
import Logging
import ServiceLifecycle
import UnixSignals

/// What `torboxd` can be started for.
public enum Start {
    /// The exit code for a configuration that cannot be used (sysexits.h, EX_CONFIG).
    public static let configurationExit: Int32 = 78

    /// Reads a configuration file, or says in full why it cannot be used.
    ///
    /// - Throws: ``ConfigurationError`` or ``HostError``.
    public static func configuration(_ file: String) throws -> Configuration {
        try Configuration.reading(bytes: DurableFile(file).read(), file: file)
    }

    /// Writes the files from which the static ruleset is loaded at the next start.
    public static func render(_ configuration: Configuration, into folder: String) async throws {
        try Folder(folder).make(mode: 0o755)
        let contents = AirlockFiles(configuration).contents
        let isNew = try contents.contains { name, text in
            let file = DurableFile("\(folder)/\(name)")
            return try !file.exists || file.read() != Array(text.utf8)
        }
        let listing = DurableFile("\(folder)/listing")
        // What is loaded came from other files; nothing matches an empty listing, so the box stays closed until a load.
        if isNew, listing.exists { try listing.replace(with: "") }
        for (name, text) in contents { try DurableFile("\(folder)/\(name)").replace(with: text) }
        let sums = try await Command("env", ["--chdir", folder, "sha256sum", "--"] + contents.keys.sorted()).run()
        // Last, so that a power cut before this leaves a folder that is refused as a whole.
        try DurableFile("\(folder)/SHA256SUMS").replace(with: sums)
    }

    /// Runs the box until SIGTERM or SIGINT.
    public static func box(
        _ configuration: Configuration, paths: DaemonPaths, underSystemd: Bool, log: Logger
    ) async throws {
        let manager: any ServiceManager =
            underSystemd
            ? SystemdServices()
            : ChildServices(
                paths: paths.services, user: configuration.tor.user, web: paths.web,
                webArguments: WebArguments(configuration, paths: paths.services))
        let daemon = Daemon(configuration, paths: paths, manager: manager, log: log)
        // It also ends by itself, by the owner's word to the machine.
        let service = ServiceGroupConfiguration.ServiceConfiguration(
            service: daemon, successTerminationBehavior: .gracefullyShutdownGroup)
        let group = ServiceGroup(
            configuration: ServiceGroupConfiguration(
                services: [service], gracefulShutdownSignals: [.sigterm, .sigint], logger: log))
        try await group.run()
    }
}
