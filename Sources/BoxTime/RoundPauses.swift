/// How long to wait before relays are asked again; nanoseconds.
enum RoundPauses {
    static let first = 5 * second
    static let longest = 600 * second
    /// While the clock is confirmed: a look once in a while.
    static let confirmed = 6 * 3_600 * second...18 * 3_600 * second

    /// After so many rounds without a quorum: twice as long each time, and up to a quarter less by lot.
    static func afterFailure(_ count: Int, _ random: inout some RandomNumberGenerator) -> Int64 {
        let pause = min(longest, first << min(max(count - 1, 0), 10))
        return Int64.random(in: pause * 3 / 4...pause, using: &random)
    }

    /// After a look at a confirmed clock that found no quorum.
    static func afterFailedLook(_ random: inout some RandomNumberGenerator) -> Int64 {
        Int64.random(in: 3_600 * second...2 * 3_600 * second, using: &random)
    }
}
