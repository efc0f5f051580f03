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

    /// Reads a configuration file and, where there is one, that of the owner's settings, or says in full why they cannot
    /// be used.
    ///
    /// - Throws: ``ConfigurationError`` or ``HostError``.
    public static func configuration(_ file: String, paths: DaemonPaths) throws -> Configuration {
        let settings = DurableFile(paths.settingsFile)
        return try Configuration.reading(
            bytes: DurableFile(file).read(), file: file, settings: settings.exists ? settings.read() : nil,
            settingsFile: settings.path)
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
        let group = ServiceGroup(
            services: [daemon], gracefulShutdownSignals: [.sigterm, .sigint], logger: log)
        try await group.run()
    }
}
