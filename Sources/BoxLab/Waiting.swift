/// Waits until `condition` holds, looking every 20 ms.
///
/// - Parameter name: what is waited for, as the person who meets the limit should read it.
/// - Throws: ``LabError`` of kind `.timeLimit`, or what the condition throws.
func wait(
    upTo limit: Duration, for name: @autoclosure () -> String, until condition: () async throws -> Bool
) async throws {
    let end = ContinuousClock.now + limit
    while try await !condition() {
        guard ContinuousClock.now < end else {
            throw LabError(.timeLimit, "\(name()): not within \(limit); the logs are in \(LabFolder.logs.path)")
        }
        try await Task.sleep(for: .milliseconds(20))
    }
}
