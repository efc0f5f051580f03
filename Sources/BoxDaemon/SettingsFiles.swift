import BoxConfiguration
import BoxModel
import Glibc
import HostSystem

/// The configuration on the disk: the file of whoever set the box up, and the owner's settings, which win over it.
///
/// While `settings.before.toml` is there, `settings.toml` is on trial. Each step is one rename, so that a power cut
/// leaves the earlier settings or the new ones, and a trial that has begun goes on.
struct SettingsFiles: Sendable {
    private let configurationFile: String
    private let settings: DurableFile
    private let before: DurableFile

    init(configurationFile: String, paths: DaemonPaths) {
        self.configurationFile = configurationFile
        settings = DurableFile(paths.settingsFile)
        before = DurableFile(paths.settingsBefore)
    }

    var isOnTrial: Bool { before.exists }

    /// Reads what is in force.
    ///
    /// - Throws: ``ConfigurationError`` or ``HostError``.
    func configuration() throws -> Configuration {
        try configuration(settings: settings.exists ? settings.read() : nil)
    }

    /// Reads what would be in force with other settings.
    ///
    /// - Throws: ``ConfigurationError`` or ``HostError``.
    func configuration(with candidate: Settings) throws -> Configuration {
        try configuration(settings: Array(candidate.toml.utf8))
    }

    /// Keeps other settings.
    ///
    /// - Parameter onTrial: whether the earlier ones are kept beside, until ``endTrial()`` or ``takeBack()``.
    /// - Throws: ``HostError``; the earlier ones are in force then.
    func keep(_ candidate: Settings, onTrial: Bool) throws {
        if onTrial { try before.replace(with: settings.exists ? settings.read() : [], mode: Self.mode) }
        do {
            try settings.replace(with: candidate.toml, mode: Self.mode)
        } catch {
            if onTrial { try before.remove() }
            throw error
        }
    }

    /// The settings have stood their trial.
    func endTrial() throws(HostError) {
        try before.remove()
    }

    /// Puts the earlier settings in force again.
    ///
    /// - Returns: when the others were taken, in seconds since 1970.
    func takeBack() throws(HostError) -> Int64 {
        var status = stat()
        guard stat(settings.path, &status) == 0 else { throw HostError(.file, settings.path, errno: errno) }
        try before.move(to: settings)
        return Int64(status.st_mtim.tv_sec)
    }

    /// They name bridges, logins and passwords.
    private static let mode: mode_t = 0o600

    private func configuration(settings bytes: [UInt8]?) throws -> Configuration {
        try Configuration.reading(
            bytes: DurableFile(configurationFile).read(), file: configurationFile, settings: bytes,
            settingsFile: settings.path)
    }
}
