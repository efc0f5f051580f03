import Glibc
import HostSystem

/// A long-lived process of one host, which outlives the lab process that started it.
public struct LabProcess: Sendable {
    public let name: String
    public let host: LabHost
    public let id: pid_t

    /// Starts a program in a session of its own, with its output in `log/NAME.log`, and waits until it is inside the
    /// host's namespace.
    ///
    /// Until it is inside it dies with the lab process; from then on `down` finds it there.
    @discardableResult
    static func start(_ name: String, on host: LabHost, _ command: Command) async throws -> LabProcess {
        let freed = Command("setpriv", ["--pdeathsig", "clear", "setsid", command.program] + command.arguments)
        let log = (LabFolder.logs / "\(name).log").path
        let id = try spawn(host.command(freed), log: log)
        try LabFolder.processes.write("\(id)\n", to: name)
        let process = LabProcess(name: name, host: host, id: id)
        try await wait(upTo: .seconds(10), for: "\(name): its way into \(host.namespace)") {
            // Whoever has ended already was inside, or says in its log why not.
            !process.isRunning || Namespace(host: host).holds(id)
        }
        return process
    }

    /// The process that was started under this name and still runs, whoever started it.
    static func running(_ name: String, on host: LabHost) throws -> LabProcess? {
        guard let text = try LabFolder.processes.read(name), let id = pid_t(text.dropLast()) else { return nil }
        // An id that is no longer inside the namespace has been given to somebody else.
        let process = LabProcess(name: name, host: host, id: id)
        return Namespace(host: host).holds(id) && process.isRunning ? process : nil
    }

    public var isRunning: Bool {
        // Whoever ended stays a zombie, with its id, until its parent waits for it; not every init does.
        waitpid(id, nil, WNOHANG)
        guard kill(id, 0) == 0 else { return false }
        do {
            let status = try LabFolder("/proc/\(id)").read("stat") ?? ""
            let state = status.split(separator: ")").last?.dropFirst().first
            return state != nil && state != "Z" && state != "X"
        } catch {
            // It went between the two looks.
            return false
        }
    }

    public func send(_ signal: CInt) {
        kill(id, signal)
    }

    /// Ends the process: asked first, killed after `patience`.
    func end(patience: Duration = .seconds(5)) async throws {
        send(SIGTERM)
        do {
            try await wait(upTo: patience, for: "\(name): its end") { !isRunning }
        } catch let error as LabError where error.kind == .timeLimit {
            send(SIGKILL)
            try await wait(upTo: .seconds(5), for: "\(name): its end after SIGKILL") { !isRunning }
        }
    }

    /// What the process has said since it started, and what its namesakes before it said.
    public func output() throws -> String {
        try LabFolder.logs.read("\(name).log") ?? ""
    }

    /// Throws when the process has ended, with the last line it wrote.
    func requireRunning() throws {
        guard !isRunning else { return }
        let lastLine = try output().split(separator: "\n").last ?? "it said nothing"
        throw LabError(.process, "\(name) on \(host.namespace) ended: \(lastLine)")
    }

    /// Starts a program with its output in a file, and with no signal blocked or ignored.
    static func spawn(_ command: Command, log: String) throws -> pid_t {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0)
        posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, log, O_WRONLY | O_CREAT | O_APPEND, 0o644)
        posix_spawn_file_actions_adddup2(&actions, STDOUT_FILENO, STDERR_FILENO)
        // A pipe kept open by a daemon would keep the reader at its other end waiting for ever.
        for inherited in try LabFolder("/proc/self/fd").names.compactMap(CInt.init) where inherited > STDERR_FILENO {
            posix_spawn_file_actions_addclose(&actions, inherited)
        }

        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        var none = sigset_t()
        sigemptyset(&none)
        var all = sigset_t()
        sigfillset(&all)
        posix_spawnattr_setsigmask(&attributes, &none)
        posix_spawnattr_setsigdefault(&attributes, &all)
        posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF))

        var arguments = ([command.program] + command.arguments).map { strdup($0) } + [nil]
        defer { for argument in arguments { free(argument) } }
        var id = pid_t()
        let code = posix_spawnp(&id, command.program, &actions, &attributes, &arguments, environ)
        guard code == 0 else {
            throw LabError(.process, "\(command): cannot start: \(String(cString: strerror(code)))")
        }
        return id
    }
}
