import Subprocess

extension Command {
    /// What a finished command left behind.
    public struct Outcome: Sendable {
        /// The exit code, or 128 plus the signal that ended it.
        public var status: Int32
        public var output: String
        public var errors: String
    }

    /// Runs the command to its end and returns its output.
    ///
    /// - Parameter limit: after this time the command is asked to end (SIGTERM), a second later it is killed.
    /// - Throws: ``HostError`` of kind `.command` when it cannot start, exits other than 0, or meets the limit;
    ///   its message holds the last line that the command wrote.
    @discardableResult
    public func run(input: String = "", limit: Duration = .seconds(30)) async throws -> String {
        let outcome = try await outcome(input: input, limit: limit)
        guard outcome.status == 0 else {
            // Some programs, tor among them, complain on standard output.
            let said = outcome.errors.isEmpty ? outcome.output : outcome.errors
            let lastWords = said.split(separator: "\n").last.map(String.init) ?? "it said nothing"
            throw HostError(.command, "\(self): exit \(outcome.status): \(lastWords)")
        }
        return outcome.output
    }

    /// Runs the command to its end, whatever its exit code.
    public func outcome(input: String = "", limit: Duration = .seconds(30)) async throws -> Outcome {
        try await withTimeLimit(limit, naming: description) {
            let result = try await holding(input) { input in
                try await Subprocess.run(
                    configuration, input: input, output: .string(limit: 64 << 20), error: .string(limit: 1 << 20))
            }
            let status: Int32 =
                switch result.terminationStatus {
                case .exited(let code): code
                case .signaled(let signal): 128 + signal
                }
            return Outcome(status: status, output: result.standardOutput, errors: result.standardError)
        }
    }
}
