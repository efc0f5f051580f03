import Testing

@testable import TorControl

struct EventQueueTests {
    static func event(_ number: Int) -> ControlEvent { .networkLiveness(.other("\(number)")) }

    static func collect(_ queue: EventQueue) async -> [ControlEvent] {
        await ControlEvents(queue: queue).reduce(into: []) { $0.append($1) }
    }

    @Test("Events come in order and end with the queue")
    func order() async {
        let queue = EventQueue(capacity: 10)
        for number in 1...5 { queue.push(Self.event(number)) }
        queue.finish()
        queue.push(Self.event(6))
        #expect(await Self.collect(queue) == (1...5).map(Self.event))
    }

    @Test("Lost events are counted at the place where they would have been", arguments: [1, 2, 3, 10])
    func loss(capacity: Int) async {
        let queue = EventQueue(capacity: capacity)
        for number in 0..<capacity + 7 { queue.push(Self.event(number)) }
        queue.finish()
        #expect(await Self.collect(queue) == (0..<capacity).map(Self.event) + [.missed(7)])
    }

    @Test("After a loss events flow again, behind the note of it")
    func recovery() async {
        let queue = EventQueue(capacity: 4)
        var events = ControlEvents(queue: queue).makeAsyncIterator()
        for number in 0..<5 { queue.push(Self.event(number)) }
        #expect(await events.next() == Self.event(0))
        #expect(await events.next() == Self.event(1))
        queue.push(Self.event(5))
        for expected in [Self.event(2), Self.event(3), .missed(1), Self.event(5)] {
            #expect(await events.next() == expected)
        }
    }

    @Test("However pushes and reads alternate, every event is delivered or counted", arguments: 1...20)
    func nothingSilent(seed: UInt64) async {
        var random = SplitMix(state: seed)
        let queue = EventQueue(capacity: 3)
        var events = ControlEvents(queue: queue).makeAsyncIterator()
        var pushed = 0
        var accounted = 0
        for _ in 0..<500 {
            if accounted < pushed && Bool.random(using: &random) {
                if case .missed(let count) = await events.next() { accounted += count } else { accounted += 1 }
            } else {
                queue.push(Self.event(pushed))
                pushed += 1
            }
        }
        queue.finish()
        while let event = await events.next() {
            if case .missed(let count) = event { accounted += count } else { accounted += 1 }
        }
        #expect(accounted == pushed)
    }

    @Test("A waiting consumer wakes when an event comes, and when its task is cancelled")
    func waiting() async {
        let queue = EventQueue(capacity: 3)
        let first = Task { await ControlEvents(queue: queue).first { _ in true } }
        queue.push(Self.event(1))
        #expect(await first.value == Self.event(1))
        let second = Task { await ControlEvents(queue: queue).first { _ in true } }
        second.cancel()
        #expect(await second.value == nil)
    }
}
