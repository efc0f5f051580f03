import NIOCore
import Synchronization

/// Events on their way to one consumer, bounded, with every loss told.
///
/// When `capacity` events wait, further ones are dropped and counted, and the consumer meets `.missed(count)` in their
/// place once it has read those that came before.
final class EventQueue: Sendable {
    private struct State {
        var waiting = CircularBuffer<ControlEvent>()
        var missed = 0
        var isFinished = false
    }

    private let capacity: Int
    private let state = Mutex(State())
    private let doorbell: AsyncStream<Void>
    private let bell: AsyncStream<Void>.Continuation

    init(capacity: Int) {
        self.capacity = capacity
        (doorbell, bell) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1))
    }

    func push(_ event: ControlEvent) {
        state.withLock { state in
            guard !state.isFinished else { return }
            // Once some are lost, what follows must wait behind the note of it.
            if state.waiting.count >= capacity || (state.missed > 0 && state.waiting.count + 1 >= capacity) {
                state.missed += 1
            } else {
                if state.missed > 0 { state.waiting.append(.missed(state.missed)) }
                state.missed = 0
                state.waiting.append(event)
            }
        }
        bell.yield()
    }

    func finish() {
        state.withLock { $0.isFinished = true }
        bell.finish()
    }

    fileprivate func pop() -> ControlEvent? {
        state.withLock { state in
            if let event = state.waiting.popFirst() { return event }
            defer { state.missed = 0 }
            return state.missed > 0 ? .missed(state.missed) : nil
        }
    }

    fileprivate func makeBell() -> AsyncStream<Void>.Iterator {
        doorbell.makeAsyncIterator()
    }
}

/// The events of one connection, in order; ends when the connection ends.
///
/// Up to 4,096 events wait for the consumer. What comes beyond that is dropped, and `.missed` says how many, at the place
/// where they would have been. There may be one consumer: two would share the events between them.
public struct ControlEvents: AsyncSequence, Sendable {
    let queue: EventQueue

    public struct Iterator: AsyncIteratorProtocol {
        fileprivate let queue: EventQueue
        fileprivate var bell: AsyncStream<Void>.Iterator

        public mutating func next() async -> ControlEvent? {
            while true {
                if let event = queue.pop() { return event }
                // Events may have come between the last look and the end.
                guard await bell.next() != nil else { return queue.pop() }
            }
        }
    }

    public func makeAsyncIterator() -> Iterator {
        Iterator(queue: queue, bell: queue.makeBell())
    }
}
