/// What a quorum of relays says of the true time.
public struct Agreement: Hashable, Sendable {
    /// Where the truth lies, as an offset (see ``TimeReading``), both ends included.
    public let interval: ClosedRange<Int64>
    public let agreeing: [TimeReading]
    public let dissenting: [TimeReading]

    /// By how much the clock of an honest relay may be wrong.
    static let slack = 3 * second
    /// A quorum has at least so many relays, and more than half of all that answered.
    public static let quorum = 3

    /// The best single guess at the truth.
    public var middle: Int64 { interval.lowerBound + (interval.upperBound - interval.lowerBound) / 2 }

    /// Returns the narrowest interval on which a quorum of distinct relays agrees (Marzullo's algorithm).
    ///
    /// Relays agree whose intervals, each widened by ``slack``, have a moment in common. Of what these say, unwidened,
    /// the moments that most of them share make the interval.
    /// - Parameters:
    ///   - readings: at most one of each relay.
    ///   - silent: how many relays may still answer; all of them count as dissenting.
    /// - Returns: `nil` where there is no quorum.
    public static func reached(by readings: [TimeReading], silent: Int = 0) -> Agreement? {
        let wide = readings.map { $0.offset.lowerBound - slack...$0.offset.upperBound + slack }
        let common = Overlap(of: wide)
        guard common.count >= quorum, common.count * 2 > readings.count + silent else { return nil }
        let agrees = wide.map { range in common.starts.contains(where: range.contains) }
        let agreeing = zip(readings, agrees).filter(\.1).map(\.0)
        guard let interval = Overlap(of: agreeing.map(\.offset)).hull else { return nil }
        return Agreement(
            interval: interval, agreeing: agreeing, dissenting: zip(readings, agrees).filter { !$0.1 }.map(\.0))
    }

    /// The moments that most of some intervals have in common.
    private struct Overlap {
        /// How many intervals share a moment at best.
        var count = 0
        /// Where the pieces begin that so many share.
        var starts: [Int64] = []
        /// From the first such moment to the last.
        var hull: ClosedRange<Int64>?

        init(of intervals: [ClosedRange<Int64>]) {
            for start in Set(intervals.map(\.lowerBound)).sorted() {
                let sharing = intervals.filter { $0.contains(start) }
                guard sharing.count >= count, let end = sharing.map(\.upperBound).min() else { continue }
                if sharing.count > count { (count, starts, hull) = (sharing.count, [], nil) }
                starts.append(start)
                hull = (hull?.lowerBound ?? start)...max(hull?.upperBound ?? end, end)
            }
        }
    }
}
