/// Runs an operation and cancels it when it takes longer than `limit`.
///
/// - Parameter name: what the person who reads the error was waiting for.
/// - Throws: ``HostError`` of kind `.timeLimit`, or what the operation throws.
public func withTimeLimit<Value: Sendable>(
    _ limit: Duration, naming name: String, _ operation: @escaping @Sendable () async throws -> Value
) async throws -> Value {
    try await withThrowingTaskGroup(of: Value.self) { group in
        group.addTask(operation: operation)
        group.addTask {
            try await Task.sleep(for: limit)
            throw HostError(.timeLimit, "\(name): no answer within \(limit)")
        }
        defer { group.cancelAll() }
        guard let first = try await group.next() else { throw CancellationError() }
        return first
    }
}
