import Glibc

/// A process that was started earlier, perhaps by an earlier run of this program.
public struct RunningProcess: Sendable {
    public let id: pid_t
    private let mark: String

    /// Finds the process that a pid file names.
    ///
    /// - Parameters:
    ///   - mark: one of its command-line arguments; without it the number has gone to somebody else's process.
    ///   - patience: how long a file may be empty. tor empties and writes its own at each change of its options: who
    ///     took it for gone in between would start a second tor, which takes the first one's control socket away.
    /// - Returns: `nil` where there is no pid file, it stays empty, or there is no such process.
    /// - Throws: ``HostError`` where the pid file is there but cannot be read, `CancellationError` where the task is
    ///   cancelled.
    public init?(pidFile: String, having mark: String, patience: Duration = .seconds(1)) async throws {
        let file = DurableFile(pidFile)
        let deadline = ContinuousClock.now + patience
        var content = try file.textIfThere(limit: 64)
        while content == "", ContinuousClock.now < deadline {
            try await Task.sleep(for: .milliseconds(10))
            content = try file.textIfThere(limit: 64)
        }
        guard let id = pid_t(content?.prefix(while: \.isNumber) ?? ""), id > 1 else { return nil }
        self.id = id
        self.mark = mark
        if !isRunning { return nil }
    }

    /// Whether it still runs; a zombie does not.
    public var isRunning: Bool {
        // A process that is just ending has no command line any more, and then it is not running.
        guard let arguments = try? DurableFile("/proc/\(id)/cmdline").read() else { return false }
        return arguments.split(separator: 0).contains { $0.elementsEqual(mark.utf8) }
    }

    /// Asks it to end, kills it after the limit, and returns when it is gone.
    ///
    /// - Throws: ``HostError`` of kind `.process` where it survives, `CancellationError` where the task is cancelled.
    public func end(limit: Duration) async throws {
        try send(SIGTERM)
        if try await isGone(within: limit) { return }
        try send(SIGKILL)
        guard try await isGone(within: .seconds(5)) else {
            throw HostError(.process, "process \(id): still there after SIGKILL; restart the box")
        }
    }

    /// - Throws: ``HostError`` of kind `.process`; a process that has ended is no error.
    public func send(_ signal: Int32) throws(HostError) {
        guard isRunning else { return }
        guard kill(id, signal) == 0 || errno == ESRCH else { throw HostError(.process, "process \(id)", errno: errno) }
    }

    private func isGone(within limit: Duration) async throws -> Bool {
        let deadline = ContinuousClock.now + limit
        while isRunning {
            guard ContinuousClock.now < deadline else { return false }
            try await Task.sleep(for: .milliseconds(20))
        }
        return true
    }
}
