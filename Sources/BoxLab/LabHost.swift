import HostSystem

/// One of the lab's four machines, each a network namespace.
public enum LabHost: String, Sendable, CaseIterable, Codable {
    /// The fake internet: the uplink's router, the Tor network, the web server and the resolver.
    case inet
    case box
    case client1
    case client2

    public var namespace: String { "tbx-\(rawValue)" }

    /// Reads `client1` as well as `tbx-client1`.
    public init?(argument: String) {
        guard let host = Self.allCases.first(where: { [$0.rawValue, $0.namespace].contains(argument) })
        else { return nil }
        self = host
    }

    /// The command as this host runs it; it dies with the lab process, so that a killed lab leaves nobody at work.
    public func command(_ command: Command) -> Command {
        command.inside(namespace: namespace).endingWithTheLab
    }

    /// Runs a command on this host to its end; see `Command.run`.
    @discardableResult
    public func run(
        _ program: String, _ arguments: [String] = [], input: String = "", limit: Duration = .seconds(30)
    ) async throws -> String {
        try await command(Command(program, arguments)).run(input: input, limit: limit)
    }

    /// Runs a command on this host to its end, whatever its exit code.
    public func outcome(
        _ program: String, _ arguments: [String] = [], limit: Duration = .seconds(30)
    ) async throws -> Command.Outcome {
        try await command(Command(program, arguments)).outcome(limit: limit)
    }
}

extension Command {
    /// The same command, killed by the kernel when the process that started it dies.
    var endingWithTheLab: Command {
        Command("setpriv", ["--pdeathsig", "KILL", program] + arguments)
    }
}
