import BoxConfiguration
import BoxModel
import Foundation
import HostSystem
import Testing

@testable import BoxDaemon

@Suite("The owner's settings on the disk")
struct SettingsFilesTests {
    private let folder = FileManager.default.temporaryDirectory.appending(path: "torbox-\(UUID().uuidString)").path

    private func inFolder(_ body: (SettingsFiles) throws -> Void) throws {
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: false)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        try DurableFile(folder + "/torbox.toml").replace(
            with: """
                [uplinks]
                interfaces = ["wan0"]
                [lan]
                interface = "lan0"
                ipv6 = "fd84:84:84::1/64"
                [own-tor]
                policy = "chosen"
                """)
        var paths = DaemonPaths()
        paths.state = folder
        try body(SettingsFiles(configurationFile: folder + "/torbox.toml", paths: paths))
    }

    private func settings(_ policy: OwnTorPolicy) -> Settings {
        var settings = Settings()
        settings.ownTorPolicy = policy.rawValue
        return settings
    }

    @Test("Without settings the file is in force, and with them they win")
    func wins() throws {
        try inFolder { files in
            #expect(try files.configuration().ownTor.policy == .chosen)
            try files.keep(settings(.never), onTrial: false)
            #expect(try files.configuration().ownTor.policy == .never)
            #expect(!files.isOnTrial)
            let mode = try FileManager.default.attributesOfItem(atPath: folder + "/settings.toml")[.posixPermissions]
            #expect(mode as? Int == 0o600)
        }
    }

    @Test("Settings that stand their trial stay")
    func stay() throws {
        try inFolder { files in
            try files.keep(settings(.never), onTrial: true)
            #expect(files.isOnTrial)
            let mode = try FileManager.default.attributesOfItem(
                atPath: folder + "/settings.before.toml")[.posixPermissions]
            #expect(mode as? Int == 0o600)
            try files.endTrial()
            #expect(try !files.isOnTrial && files.configuration().ownTor.policy == .never)
        }
    }

    @Test("Settings that do not are taken back, the first ones to what the file says", arguments: [true, false])
    func takenBack(hasEarlier: Bool) throws {
        try inFolder { files in
            if hasEarlier { try files.keep(settings(.automatic), onTrial: false) }
            try files.keep(settings(.never), onTrial: true)
            _ = try files.takeBack()
            #expect(try !files.isOnTrial && files.configuration().ownTor.policy == (hasEarlier ? .automatic : .chosen))
        }
    }

    @Test("A death between the two writings of a change leaves the earlier settings, on a trial that changes nothing")
    func cut() throws {
        try inFolder { files in
            try files.keep(settings(.automatic), onTrial: false)
            try DurableFile(folder + "/settings.before.toml").replace(
                with: DurableFile(folder + "/settings.toml").read())
            #expect(try files.isOnTrial && files.configuration().ownTor.policy == .automatic)
            _ = try files.takeBack()
            #expect(try !files.isOnTrial && files.configuration().ownTor.policy == .automatic)
        }
    }

    @Test("A change that cannot be written leaves the earlier settings and no trial")
    func fullDisk() throws {
        try inFolder { files in
            try files.keep(settings(.automatic), onTrial: false)
            // A folder in the place of the draft makes the write fail, for root too.
            try FileManager.default.createDirectory(
                atPath: folder + "/settings.toml.new", withIntermediateDirectories: false)
            #expect(throws: HostError.self) { try files.keep(settings(.never), onTrial: true) }
            #expect(try !files.isOnTrial && files.configuration().ownTor.policy == .automatic)
        }
    }
}
