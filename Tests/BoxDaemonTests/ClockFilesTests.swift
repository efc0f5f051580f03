import BoxTime
import Foundation
import HostSystem
import Testing

@testable import BoxDaemon

@Suite("What is known of the time from before")
struct ClockFilesTests {
    private func inFolder(_ body: (String, ClockFiles) throws -> Void) throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "torbox-clock-\(UUID().uuidString)").path
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        try body(folder, ClockFiles(state: folder, runtime: folder))
    }

    @Test("The last good time is there again after a restart")
    func goodTime() throws {
        try inFolder { _, files in
            #expect(try files.goodTime() == nil)
            try files.keep(goodTime: 1_800_000_000)
            #expect(try files.goodTime() == 1_800_000_000)
        }
    }

    @Test("A file that holds no time is refused", arguments: ["", "soon", "1.5", "99999999999999999999"])
    func noTime(text: String) throws {
        try inFolder { folder, files in
            try DurableFile(folder + "/clock").replace(with: text)
            #expect(throws: HostError.self) { try files.goodTime() }
        }
    }

    @Test("What an earlier torboxd of this boot knew is remembered, and forgotten when asked to")
    func memory() throws {
        try inFolder { _, files in
            let memory = ClockMemory(trust: .confirmed, offset: -5, usedTorsWord: true)
            try files.keep(memory: memory)
            #expect(try files.memory() == memory)
            try files.keep(memory: nil)
            #expect(try files.memory() == nil)
        }
    }

    @Test("What was known in another boot counts for nothing")
    func otherBoot() throws {
        try inFolder { folder, files in
            try files.keep(memory: ClockMemory(trust: .confirmed, offset: 0))
            let file = DurableFile(folder + "/clock.json")
            let text = String(decoding: try file.read(), as: UTF8.self)
            try file.replace(with: text.replacing(try SystemClock.bootID(), with: UUID().uuidString.lowercased()))
            #expect(try files.memory() == nil)
        }
    }
}
