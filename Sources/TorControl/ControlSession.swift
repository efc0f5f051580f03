/// A connection to tor that comes back: tor may start later, end, and start again.
///
/// It does its work inside the iteration and needs no task of its own: looping over it connects, authenticates, subscribes,
/// passes events on, notices the loss, waits, and connects again. Cancelling the looping task, or leaving the loop, closes
/// the connection. Losses and connections are never dropped; events may be, and `.missed` says so.
public struct ControlSession: AsyncSequence, Sendable {
    public enum Event: Sendable {
        /// Connected, authenticated and subscribed. What was known of an earlier tor is void.
        case connected(ControlConnection)
        case event(ControlEvent)
        /// The connection has ended for this reason; the next `.connected` brings another one.
        case lost(ControlError)
        /// An attempt to connect failed, for a reason that differs from that of the attempt before; more will follow.
        case retrying(ControlError)
    }

    public var socketPath: String
    public var cookiePath: String?
    public var kinds: Set<ControlEvent.Kind>
    /// The first and the longest pause between attempts; each pause is twice the one before.
    public var pauses: ClosedRange<Duration>

    public init(
        socketPath: String, cookiePath: String? = nil, events kinds: Set<ControlEvent.Kind>,
        pauses: ClosedRange<Duration> = .milliseconds(100) ... .seconds(5)
    ) {
        self.socketPath = socketPath
        self.cookiePath = cookiePath
        self.kinds = kinds
        self.pauses = pauses
    }

    public func makeAsyncIterator() -> Iterator {
        Iterator(session: self)
    }

    public struct Iterator: AsyncIteratorProtocol {
        private let session: ControlSession
        private var current: (connection: ControlConnection, events: ControlEvents.Iterator)?
        private var nextPause: Duration?
        private var lastFailure: ControlError?

        fileprivate init(session: ControlSession) {
            self.session = session
        }

        /// The next event; `nil` once the task is cancelled.
        public mutating func next() async -> Event? {
            do {
                return try await step()
            } catch {
                // Only cancellation ends a session.
                current?.connection.close()
                current = nil
                return nil
            }
        }

        private mutating func step() async throws -> Event {
            if let connection = current?.connection {
                if let event = await current?.events.next() { return .event(event) }
                try Task.checkCancellation()
                current = nil
                return .lost(try await connection.ended())
            }
            while true {
                if let nextPause { try await Task.sleep(for: nextPause) }
                nextPause = Swift.min((nextPause ?? session.pauses.lowerBound / 2) * 2, session.pauses.upperBound)
                do throws(ControlError) {
                    let connection = try await session.connect()
                    current = (connection, connection.events.makeAsyncIterator())
                    // Not none: a tor that ends as soon as it is met must not be met without rest.
                    (nextPause, lastFailure) = (session.pauses.lowerBound, nil)
                    return .connected(connection)
                } catch {
                    try Task.checkCancellation()
                    guard error != lastFailure else { continue }
                    lastFailure = error
                    return .retrying(error)
                }
            }
        }
    }

    private func connect() async throws(ControlError) -> ControlConnection {
        do {
            let connection = try await ControlConnection.connect(socketPath: socketPath, cookiePath: cookiePath)
            try await connection.subscribe(to: kinds)
            return connection
        } catch let error as ControlError {
            throw error
        } catch {
            throw ControlError(.closed, "connecting to tor was cut off: \(error)")
        }
    }
}
