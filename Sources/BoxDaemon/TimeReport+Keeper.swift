import BoxAPI
import BoxTime

extension TimeReport {
    init(_ keeper: ClockKeeper, at now: Moment) {
        let agreement = keeper.agreement
        func witness(_ reading: TimeReading) -> ClockWitness {
            ClockWitness(
                relay: "\(reading.relay)", endpoint: "\(reading.endpoint)",
                deviation: Int(keeper.deviation(of: reading)))
        }
        func error(_ bound: Int64) -> Double {
            Double((bound - (now.timeOfDay - now.sinceStart)) / 1_000_000) / 1_000
        }
        self.init(
            trust: Trust(keeper.trust), now: now.timeOfDay / second, earliest: keeper.bounds.floor,
            latest: keeper.bounds.horizon,
            checkedSecondsAgo: keeper.lastAgreement.map { Int((now.sinceStart - $0) / second) },
            behind: agreement.map { [error($0.interval.lowerBound), error($0.interval.upperBound)] },
            agreeing: agreement?.agreeing.map(witness) ?? [], dissenting: agreement?.dissenting.map(witness) ?? [],
            failures: keeper.failures.values.sorted(), notice: keeper.notice)
    }
}

extension TimeReport.Trust {
    fileprivate init(_ trust: ClockTrust) {
        self =
            switch trust {
            case .none: .none
            case .provisional: .provisional
            case .owner: .owner
            case .confirmed: .confirmed
            }
    }
}
