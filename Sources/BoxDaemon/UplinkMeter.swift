import BoxAPI
import HostSystem

/// Turns the uplinks' sums into bytes per second, and keeps the last two minutes of them.
struct UplinkMeter: Sendable {
    static let capacity = 60

    /// Oldest first.
    private(set) var samples: [Rate] = []
    private var last: (counters: [String: NetworkInterface.Counters], at: ContinuousClock.Instant)?

    /// Notes what the uplinks have carried up to now; the first look only begins.
    mutating func look(_ counters: [String: NetworkInterface.Counters], at now: ContinuousClock.Instant) {
        defer { last = (counters, now) }
        guard let last, now > last.at else { return }
        var (received, sent) = (0.0, 0.0)
        for (name, after) in counters {
            guard let before = last.counters[name] else { continue }
            received += Double(Self.growth(from: before.received, to: after.received))
            sent += Double(Self.growth(from: before.sent, to: after.sent))
        }
        let seconds = (now - last.at) / .seconds(1)
        samples.append(Rate(received: Int(received / seconds), sent: Int(sent / seconds)))
        if samples.count > Self.capacity { samples.removeFirst() }
    }

    /// The sums wrap; one that seems to have grown by more than half of what it holds belongs to a new interface.
    private static func growth(from before: UInt32, to after: UInt32) -> UInt32 {
        let growth = after &- before
        return growth > .max / 2 ? 0 : growth
    }
}
