import BoxTime

/// Where all watchers put what the clock's keeper should know, for the one reader in order of arrival.
struct ClockInbox: Sendable {
    let events: AsyncStream<ClockEvent>
    private let continuation: AsyncStream<ClockEvent>.Continuation

    init() {
        (events, continuation) = AsyncStream.makeStream(of: ClockEvent.self)
    }

    func send(_ event: ClockEvent) {
        continuation.yield(event)
    }
}
