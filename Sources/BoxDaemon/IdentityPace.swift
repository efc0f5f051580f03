/// When tor will carry out the wish for a new identity: it does so every ten seconds at most.
struct IdentityPace {
    /// tor's MAX_SIGNEWNYM_RATE.
    static let pause = Duration.seconds(10)

    /// May lie ahead, where tor has put it off.
    private var last: ContinuousClock.Instant?

    /// Takes note of a wish and returns how long tor will put it off. Wishes in between are one.
    mutating func delay(at now: ContinuousClock.Instant) -> Duration {
        let next = last.map { $0 > now ? $0 : max(now, $0 + Self.pause) } ?? now
        last = next
        return next - now
    }
}
