import BoxDevices
import Foundation
import HostSystem
import NetAddress
import Testing

private func sample() throws -> DeviceRegistry {
    var registry = DeviceRegistry()
    registry.see(
        [HardwareAddress("02:00:00:00:00:01")!, HardwareAddress("02:00:00:00:00:02")!], on: Day("2026-11-22")!)
    try registry.rename(registry.device(called: "device 1"), to: Alias("Küche"))
    registry.setOwnTor(true, of: try registry.device(called: "Küche"))
    registry.setBlocked(true, try registry.device(called: "device 2"))
    return registry
}

@Suite("The file of devices")
struct DeviceFileTests {
    private func inFolder(_ body: (DeviceFile) throws -> Void) throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "devices-\(UInt64.random(in: 0 ... .max))")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        try body(DeviceFile(folder.appending(path: "devices.json").path))
    }

    @Test("What is written is read back, by root alone")
    func keeps() throws {
        try inFolder { file in
            #expect(try file.read() == DeviceRegistry())
            try file.write(sample())
            #expect(try file.read() == sample())
            let mode = try FileManager.default.attributesOfItem(atPath: file.path)[.posixPermissions] as? Int
            #expect(mode == 0o600)
        }
    }

    @Test("A power cut while a new file is written leaves the old one in force")
    func powerCut() throws {
        try inFolder { file in
            try file.write(sample())
            var changed = try sample()
            changed.setBlocked(false, try changed.device(called: "device 2"))
            let new = Array(try changed.json.utf8)
            // What the cut may leave beside the file: any part of the new content.
            for length in stride(from: 0, through: new.count, by: 7) {
                try Data(new[..<length]).write(to: URL(filePath: file.path + ".new"))
                #expect(try file.read() == sample())
            }
            try file.write(changed)
            #expect(try file.read() == changed)
        }
    }

    @Test("A file that was cut short is refused as a whole, whereever it was cut")
    func truncated() throws {
        let whole = Array(try sample().json.utf8)
        for length in 0..<whole.count - 2 {
            let error = #expect(throws: DeviceError.self) { try DeviceRegistry(json: Array(whole[..<length])) }
            #expect(error?.kind == .malformed)
        }
    }

    @Test(
        "One thing wrong, and nothing of the file is taken",
        arguments: [
            ("\"version\" : 1", "\"version\" : 2"),
            ("02:00:00:00:00:01", "02:00:00:00:00:02"),
            ("02:00:00:00:00:01", "02:00:00:00:00"),
            ("\"number\" : 2", "\"number\" : 1"),
            ("\"number\" : 2", "\"number\" : 0"),
            ("\"number\" : 2", "\"number\" : 9223372036854775807"),
            ("\"number\" : 2", "\"number\" : 99999999999999999999"),
            ("Küche", "a\\u001b[31m"),
            ("Küche", "device 2"),
            ("2026-11-22", "2026-11-31"),
            ("\"lastSeen\" : \"2026-11-22\"", "\"lastSeen\" : \"2026-11-21\""),
            ("\"ownTor\" : true", "\"ownTor\" : 1"),
            ("\"blocked\" : true", "\"x\" : true"),
        ])
    func refuses(good: String, bad: String) throws {
        let whole = try sample().json
        #expect(whole.contains(good))
        let error = #expect(throws: DeviceError.self) {
            try DeviceRegistry(json: Array(whole.replacing(good, with: bad).utf8))
        }
        #expect(error?.kind == .malformed)
    }

    @Test("Neither binary rubbish nor deep nesting nor too many devices is taken")
    func hostile() throws {
        let tooMany = Array(repeating: "{}", count: 501).joined(separator: ",")
        let contents: [[UInt8]] = [
            (0..<4096).map { _ in UInt8.random(in: 0...255) }, Array(repeating: UInt8(ascii: "["), count: 100_000),
            Array("{\"version\":1,\"devices\":[\(tooMany)]}".utf8), [0xEF, 0xBB, 0xBF],
        ]
        for content in contents {
            #expect(throws: DeviceError.self) { try DeviceRegistry(json: content) }
        }
    }

    @Test("A refused file is kept aside, and the next one is written in its place")
    func aside() throws {
        try inFolder { file in
            try DurableFile(file.path).replace(with: "{")
            let error = #expect(throws: DeviceError.self) { try file.read() }
            #expect(error?.message.hasPrefix(file.path) == true)
            try file.setAside()
            #expect(try DurableFile(file.asidePath).read() == Array("{".utf8))
            #expect(try file.read() == DeviceRegistry())
        }
    }
}
