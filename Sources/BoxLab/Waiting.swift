/// Waits until `condition` holds, looking every 20 ms.
///
/// - Parameter name: what is waited for, as the person who meets the limit should read it.
/// - Throws: ``LabError`` of kind `.timeLimit`, or what the condition throws.
public func wait(
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

/// Asks for something and waits until it is there, asking again every two seconds: who was asked may have been told by
/// somebody else that there is nothing new yet.
func remind(
    upTo limit: Duration = .seconds(30), _ name: String, by ask: () async throws -> Void,
    until condition: () async throws -> Bool
) async throws {
    let end = ContinuousClock.now + limit
    while true {
        try await ask()
        do {
            return try await wait(upTo: .seconds(2), for: name, until: condition)
        } catch let error as LabError where error.kind == .timeLimit && ContinuousClock.now < end {
            continue
        }
    }
}
