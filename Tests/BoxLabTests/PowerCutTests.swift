import Foundation
import HostSystem
import Testing

@testable import BoxLab

/// A process that is killed at a system call leaves the file system as a power cut there would, but for what the disk
/// has not written yet; for that the file is flushed before it takes the old one's place.
@Suite("A power cut while the time is saved")
struct PowerCutTests {
    private static let calls = ["openat", "write", "fchmod", "fsync", "rename", "close"]

    /// Rewrites a file that holds "old" with "new", killed at the nth of a kind of calls that touch it.
    ///
    /// - Returns: whether it was killed, and what the next start reads.
    private func rewrite(killedAt call: String, _ number: Int) async throws -> (wasKilled: Bool, content: String) {
        let folder = FileManager.default.temporaryDirectory.appending(path: "torbox-cut-\(UUID().uuidString)").path
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let file = DurableFile("\(folder)/clock")
        try file.replace(with: "old\n")
        let outcome = try await Command(
            "strace",
            ["-f", "-o", "/dev/null", "-P", file.path, "-P", file.path + ".new", "-P", folder]
                + [
                    "-e", "trace=\(Self.calls.joined(separator: ","))", "-e",
                    "inject=\(call):signal=KILL:when=\(number)",
                ]
                + [Checkout().program("torbox-lab"), "rewrite", file.path, "new\n"]
        ).outcome()
        return (outcome.status != 0, String(decoding: try file.read(), as: UTF8.self))
    }

    @Test("leaves the old time or the new one, whole", arguments: calls, 1...2)
    func atEachCall(call: String, number: Int) async throws {
        let (wasKilled, content) = try await rewrite(killedAt: call, number)
        #expect(["old\n", "new\n"].contains(content))
        if !wasKilled { #expect(content == "new\n") }
        // The folder is opened, flushed and closed too; the other calls are made once.
        #expect(wasKilled == (number == 1 || ["openat", "fsync", "close"].contains(call)), "\(call) \(number)")
    }

    @Test("can come before and after the new time is there")
    func bothHappen() async throws {
        #expect(try await rewrite(killedAt: "write", 1).content == "old\n")
        #expect(try await rewrite(killedAt: "close", 2).content == "new\n")
    }
}
