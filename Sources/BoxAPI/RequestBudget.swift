import HostSystem

/// How many requests an account may make: a burst, and so many a second after it.
struct RequestBudget: Sendable {
    static let burst = 50.0
    static let perSecond = 10.0

    private var left = burst
    private var last: ContinuousClock.Instant

    init(now: ContinuousClock.Instant) {
        last = now
    }

    /// Takes one request from the budget; `false` where there is none left.
    mutating func take(now: ContinuousClock.Instant) -> Bool {
        left = min(Self.burst, left + (now - last) / .seconds(1) * Self.perSecond)
        last = max(last, now)
        guard left >= 1 else { return false }
        left -= 1
        return true
    }
}

/// The budgets of all accounts that may ask.
actor RequestBudgets {
    private var budgets: [UInt32: RequestBudget] = [:]

    func take(for user: UInt32) -> Bool {
        let now = ContinuousClock.now
        return budgets[user, default: RequestBudget(now: now)].take(now: now)
    }
}
