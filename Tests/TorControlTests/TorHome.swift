import Glibc
import HostSystem
import TorControl

/// A directory of its own for one test's tor, which runs as a child of the test and never touches a network.
struct TorHome: Sendable {
    let path: String
    var socketPath: String { path + "/control" }
    var cookiePath: String { path + "/cookie" }

    /// Runs `body` with a fresh directory and removes it afterwards.
    static func with<Value: Sendable>(_ body: @Sendable (TorHome) async throws -> Value) async throws -> Value {
        // mkdtemp makes it readable for its owner alone, as tor demands of a control socket's directory.
        var template = Array("/tmp/torcontrol-XXXXXX".utf8CString)
        let made = mkdtemp(&template)
        guard made != nil else { throw HostError(.file, "cannot make a directory in /tmp", errno: errno) }
        let home = TorHome(path: String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self))
        let result: Result<Value, any Error>
        do {
            result = .success(try await body(home))
        } catch {
            result = .failure(error)
        }
        // In a task of its own: the test's may be cancelled, and then would run nothing.
        try await Task.detached { _ = try await Command("rm", ["-rf", home.path]).run() }.value
        return try result.get()
    }

    /// Runs tor here until it ends; ends it when the task is cancelled.
    func runTor(_ options: [String] = []) async throws {
        let tor = Command(
            "tor",
            [
                "-f", path + "/torrc", "--defaults-torrc", path + "/torrc", "--ignore-missing-torrc", "DataDirectory",
                path + "/data",
                "ControlSocket", socketPath, "CookieAuthentication", "1", "CookieAuthFile", cookiePath,
                "SocksPort", "0", "DisableNetwork", "1", "GeoIPFile", "/dev/null", "GeoIPv6File", "/dev/null",
                // Should the test program be killed, tor ends by itself.
                "__OwningControllerProcess", "\(getpid())",
            ] + options)
        let outcome = try await tor.outcome(limit: .seconds(120))
        guard outcome.status != 1 else { throw HostError(.process, "tor does not start: \(outcome.output)") }
    }

    /// Runs `body` while tor runs here; tor is ended afterwards, whatever happened, and may end before.
    func withTor<Value: Sendable>(
        _ options: [String] = [], _ body: @escaping @Sendable () async throws -> Value
    ) async throws -> Value {
        try await withThrowingTaskGroup(of: Value?.self) { group in
            defer { group.cancelAll() }
            group.addTask {
                try await runTor(options)
                return nil
            }
            group.addTask { try await body() }
            for try await value in group {
                if let value { return value }
            }
            throw HostError(.process, "tor ended and the test with it")
        }
    }

    /// A connection to the tor that runs here, as soon as it listens.
    func connect() async throws -> ControlConnection {
        for await event in ControlSession(socketPath: socketPath, cookiePath: cookiePath, events: []) {
            if case .connected(let connection) = event { return connection }
        }
        throw CancellationError()
    }

    /// Starts tor, connects, and runs `body`.
    static func withConnection<Value: Sendable>(
        _ options: [String] = [], _ body: @escaping @Sendable (ControlConnection) async throws -> Value
    ) async throws -> Value {
        try await with { home in
            try await home.withTor(options) { try await body(home.connect()) }
        }
    }
}
