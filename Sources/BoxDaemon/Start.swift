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
        try SettingsFiles(configurationFile: file, paths: paths).configuration()
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
    ///
    /// - Parameters:
    ///   - configuration: what the file and the owner's settings say now.
    ///   - file: where it is read again once the settings change.
    public static func box(
        _ configuration: Configuration, from file: String, paths: DaemonPaths, underSystemd: Bool, log: Logger
    ) async throws {
        let succession = Succession(
            first: configuration, settings: SettingsFiles(configurationFile: file, paths: paths), paths: paths,
            underSystemd: underSystemd, log: log)
        // It also ends by itself, by the owner's word to the machine.
        let service = ServiceGroupConfiguration.ServiceConfiguration(
            service: succession, successTerminationBehavior: .gracefullyShutdownGroup)
        let group = ServiceGroup(
            configuration: ServiceGroupConfiguration(
                services: [service], gracefulShutdownSignals: [.sigterm, .sigint], logger: log))
        try await group.run()
    }
}
