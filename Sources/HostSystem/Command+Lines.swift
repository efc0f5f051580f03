import Subprocess

extension Command {
    /// Runs the command and hands over each line of its output as soon as it is written, without its end.
    ///
    /// - Parameters:
    ///   - limit: after this time the command is asked to end (SIGTERM), a second later it is killed.
    ///   - lineLimit: in bytes; a longer line ends the reading.
    /// - Throws: ``HostError`` of kind `.command` when it cannot start, exits other than 0, or meets the limit.
    public func lines(
        input: String, limit: Duration, lineLimit: Int = 4_096, _ take: @escaping @Sendable (String) async -> Void
    ) async throws {
        let status = try await withTimeLimit(limit, naming: description) {
            try await holding(input) { input in
                try await Subprocess.run(
                    configuration, input: input, output: .sequence, error: .string(limit: 1 << 16)
                ) { execution in
                    for try await line in execution.standardOutput.strings(bufferingPolicy: .maxLineLength(lineLimit)) {
                        await take(line)
                    }
                }
            }
        }
        guard status.terminationStatus.isSuccess else {
            let lastWords = status.standardError.split(separator: "\n").last.map(String.init) ?? "it said nothing"
            throw HostError(.command, "\(self): \(status.terminationStatus): \(lastWords)")
        }
    }
}
