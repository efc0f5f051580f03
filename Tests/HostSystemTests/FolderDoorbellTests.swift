import Foundation
import HostSystem
import Testing

@Suite("A folder's doorbell")
struct FolderDoorbellTests {
    private func inFolder(_ body: (String) async throws -> Void) async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "torbox-\(UUID().uuidString)").path
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        try await body(folder)
    }

    @Test("Rings when one of the files is written or put in place")
    func rings() async throws {
        try await inFolder { folder in
            let doorbell = try FolderDoorbell(folder, names: ["wanted"])
            try Data("a".utf8).write(to: URL(filePath: "\(folder)/wanted"))
            try await expectRing(doorbell, within: .seconds(10))
            try DurableFile("\(folder)/wanted").replace(with: "b")
            try await expectRing(doorbell, within: .seconds(10))
        }
    }

    // In a folder that never had the file: a program that another test was just starting may hold a file open for a
    // moment, and then rings once more when it lets go.
    @Test("Does not ring for another file")
    func silent() async throws {
        try await inFolder { folder in
            let doorbell = try FolderDoorbell(folder, names: ["wanted"])
            try DurableFile("\(folder)/another").replace(with: "c")
            try Data("d".utf8).write(to: URL(filePath: "\(folder)/wanted.new"))
            await #expect(throws: HostError.self) { try await expectRing(doorbell, within: .milliseconds(300)) }
        }
    }

    private func expectRing(_ doorbell: FolderDoorbell, within limit: Duration) async throws {
        try await withTimeLimit(limit, naming: "the ring") {
            for await _ in doorbell.rings { return }
        }
    }

    @Test("A folder that is not there is an error")
    func missing() {
        #expect(throws: HostError.self) { try FolderDoorbell("/nonexistent", names: []) }
    }
}
