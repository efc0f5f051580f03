import Foundation
import HostSystem
import Testing

/// The image's own script, with a folder in the place of the EFI partition and of /etc, and two network cards.
@Suite("What the owner puts on the image's EFI partition")
struct ImageStartTests {
    private static let script = URL(filePath: #filePath).deletingLastPathComponent()
        .appending(path: "../../Image/root/usr/lib/torbox-image/start").standardizedFileURL

    /// What is in force after a first boot with these files in the folder `torbox`; `nil` for a box that stays closed.
    private func firstBoot(with files: [String: String]?) async throws -> String? {
        let folder = FileManager.default.temporaryDirectory.appending(path: "torbox-image-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        let programs = folder.appending(path: "bin")
        try FileManager.default.createDirectory(at: programs, withIntermediateDirectories: true)
        // What acts on the machine does nothing here.
        for name in ["mountpoint", "udevadm", "torboxd", "ssh-keygen", "systemctl", "install", "sleep", "sync"] {
            try await Command("ln", ["--symbolic", "/bin/true", programs.appending(path: name).path]).run()
        }
        if let files {
            let given = folder.appending(path: "efi/torbox")
            try FileManager.default.createDirectory(at: given, withIntermediateDirectories: true)
            for (name, text) in files { try Data(text.utf8).write(to: given.appending(path: name)) }
        }
        let places = ["given": "efi/torbox", "configuration": "etc/torbox.toml", "airlock": "airlock", "key": "key"]
        var text = try String(contentsOf: Self.script, encoding: .utf8)
            .replacing("wired() {\n", with: "wired() {\n    printf 'wan0\\nlan0\\n'; return\n")
        for (name, place) in places {
            text.replace(try Regex("(?m)^\(name)=.*$"), with: "\(name)=\(folder.path)/\(place)")
        }
        let path = try #require(ProcessInfo.processInfo.environment["PATH"])
        let outcome = try await Command("env", ["PATH=\(programs.path):\(path)", "sh", "-c", text]).outcome()
        let configuration = try DurableFile("\(folder.path)/etc/torbox.toml").textIfThere()
        #expect((outcome.status == 0) == (configuration != nil), "\(outcome.output)\(outcome.errors)")
        return configuration
    }

    @Test("With nothing there, or a key alone, the box makes a configuration of its own")
    func nothing() async throws {
        for files in [[:], ["authorized_keys": "ssh-ed25519 A\n"], ["._torbox.toml": "x"]] {
            let made = try #require(try await firstBoot(with: files))
            #expect(made.contains("interfaces = [\"wan0\"]") && made.contains("interface = \"lan0\""))
        }
    }

    @Test("A configuration there is taken as it is")
    func given() async throws {
        #expect(try await firstBoot(with: ["torbox.toml": "mine\n"]) == "mine\n")
    }

    @Test("What may be a configuration with bridges, and is not read, keeps the box closed")
    func misnamed() async throws {
        for files in [["torbox.toml.txt": "mine\n"], ["torbox.toml": ""], nil] {
            #expect(try await firstBoot(with: files) == nil, "\(files ?? ["no": "folder"])")
        }
    }
}
