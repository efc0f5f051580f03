import Glibc
import Subprocess
import SystemPackage

extension Command {
    /// Runs the command and hands over each line of its output as soon as it is written, without its end.
    ///
    /// - Parameters:
    ///   - input: at most 64 KiB, what a pipe holds.
    ///   - limit: after this time the command is asked to end (SIGTERM), a second later it is killed.
    ///   - lineLimit: in bytes; a longer line ends the reading.
    /// - Throws: ``HostError`` of kind `.command` when it cannot start, exits other than 0, or meets the limit.
    public func lines(
        input: String, limit: Duration, lineLimit: Int = 4_096, _ take: @escaping @Sendable (String) async -> Void
    ) async throws {
        var options = PlatformOptions()
        let source = try Self.pipe(holding: input)
        options.teardownSequence = [.gracefulShutDown(allowedDurationToNextStep: .seconds(1))]
        let status = try await withTimeLimit(limit, naming: description) { [options] in
            let executable: Executable = program.contains("/") ? .path(FilePath(program)) : .name(program)
            return try await Subprocess.run(
                executable, arguments: Arguments(arguments), platformOptions: options,
                input: .fileDescriptor(source, closeAfterSpawningProcess: true), output: .sequence,
                error: .string(limit: 1 << 16)
            ) { execution in
                for try await line in execution.standardOutput.strings(bufferingPolicy: .maxLineLength(lineLimit)) {
                    await take(line)
                }
            }
        }
        guard status.terminationStatus.isSuccess else {
            let lastWords = status.standardError.split(separator: "\n").last.map(String.init) ?? "it said nothing"
            throw HostError(.command, "\(self): \(status.terminationStatus): \(lastWords)")
        }
    }

    /// A pipe that holds its whole content already: a writer at work beside a child that ends early ends badly.
    private static func pipe(holding input: String) throws -> FileDescriptor {
        guard input.utf8.count <= 65_536 else { throw HostError(.command, "the input is too long for a pipe") }
        let (reading, writing) = try FileDescriptor.pipe()
        for end in [reading, writing] { _ = fcntl(end.rawValue, F_SETFD, FD_CLOEXEC) }
        do {
            try writing.closeAfter { _ = try writing.writeAll(input.utf8) }
        } catch {
            try reading.close()
            throw error
        }
        return reading
    }
}
