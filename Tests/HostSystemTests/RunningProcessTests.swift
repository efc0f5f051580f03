import Foundation
import HostSystem
import Testing

@Suite("Running processes")
struct RunningProcessTests {
    private let pidFile = FileManager.default.temporaryDirectory.appending(path: "torbox-\(UUID().uuidString).pid").path

    @Test("A process is found by its pid file and its mark, and ends when asked")
    func findsAndEnds() async throws {
        let process = try start(["600.25"])
        defer { try? FileManager.default.removeItem(atPath: pidFile) }
        let found = try #require(try await RunningProcess(pidFile: pidFile, having: "600.25"))
        #expect(found.id == process.processIdentifier)
        try await found.end(limit: .seconds(5))
        #expect(!found.isRunning)
        #expect(try await RunningProcess(pidFile: pidFile, having: "600.25") == nil)
    }

    @Test("A number that has gone to somebody else's process is not taken")
    func knowsItsMark() async throws {
        let process = try start(["600.5"])
        defer {
            // Not terminate(): a child of a test may have inherited a blocked SIGTERM, and would hold our output open.
            kill(process.processIdentifier, SIGKILL)
            try? FileManager.default.removeItem(atPath: pidFile)
        }
        #expect(try await RunningProcess(pidFile: pidFile, having: "/run/torbox/torrc") == nil)
    }

    @Test("Without a pid file nothing runs")
    func isMissing() async throws {
        #expect(try await RunningProcess(pidFile: pidFile, having: "x") == nil)
    }

    @Test("A pid file that is just being written anew is not one that names nobody")
    func isBeingWritten() async throws {
        let process = try start(["600.75"])
        defer {
            kill(process.processIdentifier, SIGKILL)
            try? FileManager.default.removeItem(atPath: pidFile)
        }
        let (file, text) = (pidFile, "\(process.processIdentifier)\n")
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask {
                while !Task.isCancelled {
                    // As fopen(3) and fprintf(3) do it.
                    let stream = try #require(fopen(file, "w"))
                    await Task.yield()
                    fputs(text, stream)
                    fclose(stream)
                    await Task.yield()
                }
            }
            for _ in 0..<100 { #expect(try await RunningProcess(pidFile: file, having: "600.75") != nil) }
            group.cancelAll()
            try await group.waitForAll()
        }
    }

    @Test("A pid file that stays empty names nobody")
    func staysEmpty() async throws {
        try DurableFile(pidFile).replace(with: "")
        defer { try? FileManager.default.removeItem(atPath: pidFile) }
        #expect(try await RunningProcess(pidFile: pidFile, having: "x", patience: .zero) == nil)
    }

    private func start(_ arguments: [String]) throws -> Process {
        let process = Process()
        process.executableURL = URL(filePath: "/bin/sleep")
        process.arguments = arguments
        try process.run()
        try DurableFile(pidFile).replace(with: "\(process.processIdentifier)\n")
        return process
    }
}
