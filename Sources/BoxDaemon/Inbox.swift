import BoxSupervisor

/// Where all watchers put what they saw, for the one reader in order of arrival.
struct Inbox: Sendable {
    let events: AsyncStream<Event>
    private let continuation: AsyncStream<Event>.Continuation

    init() {
        (events, continuation) = AsyncStream.makeStream(of: Event.self)
    }

    func send(_ event: Event) {
        continuation.yield(event)
    }
}
