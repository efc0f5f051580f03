/// Slows down a device that guesses the password, and nobody else: the owner's own telephone is never locked out.
actor LoginPatience {
    private struct Record {
        var failures: Int
        var until: ContinuousClock.Instant
    }

    /// Mistypings that cost nothing.
    static let free = 3
    static let longestPause = Duration.seconds(15 * 60)
    /// More devices than any LAN of the box has; a device that makes up addresses displaces the oldest.
    private static let capacity = 2048

    private var records: [String: Record] = [:]

    /// How long this device must wait before its next try; zero where it may try now.
    func pause(for device: String, at now: ContinuousClock.Instant = .now) -> Duration {
        guard let record = records[device] else { return .zero }
        return max(.zero, record.until - now)
    }

    /// Counts a wrong password: from the fourth on the pause doubles, from 2 s.
    func failed(_ device: String, at now: ContinuousClock.Instant = .now) {
        if records.count >= Self.capacity, let oldest = records.min(by: { $0.value.until < $1.value.until }) {
            records[oldest.key] = nil
        }
        let failures = (records[device]?.failures ?? 0) + 1
        let doublings = min(failures - Self.free, 10)
        let pause = failures <= Self.free ? Duration.zero : min(Self.longestPause, .seconds(1 << doublings))
        records[device] = Record(failures: failures, until: now + pause)
    }

    func succeeded(_ device: String) {
        records[device] = nil
    }
}
