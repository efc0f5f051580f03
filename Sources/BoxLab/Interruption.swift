import Dispatch
import Glibc

/// Ctrl-C and SIGTERM as something that can be waited for.
public enum Interruption {
    /// Runs an operation and cancels it when the process is asked to end.
    public static func cancelling<Value: Sendable>(
        _ operation: @escaping @Sendable () async throws -> Value
    ) async throws -> Value {
        let task = Task(operation: operation)
        let watch = Task {
            for await _ in signals() { task.cancel() }
        }
        defer { watch.cancel() }
        return try await task.value
    }

    /// Waits until the process is asked to end.
    public static func arrival() async {
        for await _ in signals() { return }
    }

    private static func signals() -> AsyncStream<Void> {
        AsyncStream { continuation in
            // Dispatch's sources may be cancelled from any thread, although they do not say so.
            nonisolated(unsafe) let sources = [SIGINT, SIGTERM].map { number in
                signal(number, SIG_IGN)
                let source = DispatchSource.makeSignalSource(signal: number)
                source.setEventHandler { continuation.yield() }
                source.resume()
                return source
            }
            continuation.onTermination = { _ in
                for source in sources { source.cancel() }
            }
        }
    }
}
