import TorDocuments
import TorLink

/// Decides when relays are asked for the time, whom to believe, and what becomes of the clock: events in, effects out,
/// no I/O.
///
/// No event sets the clock by itself: a quorum of verified relays, tor's word behind bridges and the owner's word each
/// must lie within ``ClockBounds``.
public struct ClockKeeper: Sendable {
    let behindBridges: Bool
    let distinctNetworks: Bool
    public internal(set) var bounds: ClockBounds
    public internal(set) var trust = ClockTrust.none
    public internal(set) var agreement: Agreement?
    /// The time since start of the last agreement, in nanoseconds.
    public internal(set) var lastAgreement: Int64?
    /// What the owner should know: why nothing came of the last round, or of what the relays said.
    public internal(set) var notice: String?
    /// What became of each relay that gave no time in the last round.
    public internal(set) var failures: [Fingerprint: String] = [:]

    var pool: SourcePool
    var families: Set<AddressFamily> = []
    var round: Round?
    var readings: [TimeReading] = []
    var usedTorsWord = false
    /// What the clock will be once it is set.
    var afterStep: ClockTrust?
    private var failedRounds = 0
    private var lastRound: Int64?
    var due: Int64?
    var saveDue: Int64?
    /// What the clock's offset was when it was last judged.
    var knownOffset: Int64?
    /// What the clock makes up little by little; not every kernel moves the time since start along.
    var slewing: Int64 = 0
    private var random: any RandomNumberGenerator & Sendable

    struct Round: Sendable {
        let asked: Int
        var waiting: Set<Fingerprint>
        let started: Int64
        /// A quorum was found. Later answers show who dissents, and move nothing.
        var isSettled = false
    }

    /// A torbox-clock that runs longer has hung, or was never started.
    static let roundLimit = 60 * second
    /// Readings of one outage are judged together for so long: two clocks of one machine hardly part in an hour.
    static let readingsLast = 3_600 * second
    /// A confirmed clock is never moved farther than this.
    static let largestDrift = 60 * second
    /// What a clock's offset differs by that nobody moved.
    static let steadiness = second

    /// - Parameters:
    ///   - behindBridges: or a proxy: whether relays cannot be asked, so that tor and the owner stand in.
    ///   - distinctNetworks: whether two relays of one network count once.
    public init(
        bounds: ClockBounds, behindBridges: Bool, distinctNetworks: Bool,
        random: any RandomNumberGenerator & Sendable = SystemRandomNumberGenerator()
    ) {
        self.bounds = bounds
        self.behindBridges = behindBridges
        self.distinctNetworks = distinctNetworks
        self.random = random
        pool = SourcePool(distinctNetworks: distinctNetworks)
    }

    /// Takes one event in and tells what to do now, in this order.
    public mutating func handle(_ event: ClockEvent, at now: Moment) -> [ClockEffect] {
        switch event {
        case .started(let memory): return start(memory, now)
        case .uplink(let families): return take(families, now)
        case .sources(let sources):
            pool.replace(with: sources)
            return askIfDue(now)
        case .line(let line): return take(line, now)
        case .roundEnded: return endRound(now)
        case .timePassed: return passTime(now)
        case .torSays(let skew): return takeTorsWord(skew, now)
        case .consensus(let validAfter): return compare(validAfter, now)
        case .clockSet: return takeStep(now)
        case .clockNotSet(let reason):
            afterStep = nil
            return [say("the clock could not be set: \(reason)")]
        case .stopping: return trust.isWorthSaving ? [.save(now.seconds)] : []
        }
    }

    mutating func say(_ words: String) -> ClockEffect {
        notice = words
        return .say(words)
    }

    // MARK: When to ask

    private mutating func take(_ families: Set<AddressFamily>, _ now: Moment) -> [ClockEffect] {
        if self.families.isEmpty, !families.isEmpty, trust != .confirmed {
            // Another network may know the way; but one that comes and goes must not hurry us.
            let quarter = RoundPauses.afterFailure(failedRounds, &random) / 4
            due = max(now.sinceStart, lastRound.map { $0 + quarter } ?? now.sinceStart)
        }
        self.families = families
        return askIfDue(now)
    }

    private mutating func passTime(_ now: Moment) -> [ClockEffect] {
        var effects = noticeMovedClock(now)
        if let round, now.sinceStart - round.started > Self.roundLimit { effects += endRound(now) }
        if trust.isWorthSaving, now.sinceStart >= saveDue ?? .min {
            saveDue = now.sinceStart + 3_600 * second
            bounds.saved = now.seconds
            effects.append(.save(now.seconds))
        }
        return effects + askIfDue(now)
    }

    private mutating func askIfDue(_ now: Moment) -> [ClockEffect] {
        guard !behindBridges, round == nil, afterStep == nil, !families.isEmpty, let due, now.sinceStart >= due
        else { return [] }
        let relays = pool.next(families, at: now.sinceStart, &random)
        guard !relays.isEmpty else { return [] }
        if trust == .confirmed || failedRounds == 0 {
            readings = []
        } else {
            readings.removeAll { now.sinceStart - $0.taken > Self.readingsLast }
        }
        failures = [:]
        round = Round(
            asked: relays.count, waiting: Set(relays.map(\.pin.fingerprint)), started: now.sinceStart)
        lastRound = now.sinceStart
        return [.ask(relays)]
    }

    private mutating func take(_ line: ClockLine, _ now: Moment) -> [ClockEffect] {
        // Nobody else was asked, and each once.
        guard round?.waiting.remove(line.relay) != nil else { return [] }
        switch line.outcome {
        case .time(let time, let asked, let answered):
            let reading = TimeReading(
                time: time, asked: asked, answered: answered, relay: line.relay, endpoint: line.endpoint)
            guard let reading, reading.taken <= now.sinceStart else {
                failures[line.relay] = "\(line.endpoint): it took too long to answer"
                return []
            }
            readings.append(reading)
            return judge(now)
        case .failure(_, let reason):
            failures[line.relay] = reason
            return judge(now)
        }
    }

    private mutating func endRound(_ now: Moment) -> [ClockEffect] {
        guard let ended = round else { return [] }
        round?.waiting = []
        var effects = ended.isSettled ? [] : judge(now)
        let isSettled = round?.isSettled ?? false
        round = nil
        if isSettled { return effects + (agreement?.dissenting ?? []).map { .say(words(on: $0)) } }
        failedRounds += 1
        due =
            now.sinceStart
            + (trust == .confirmed
                ? RoundPauses.afterFailedLook(&random) : RoundPauses.afterFailure(failedRounds, &random))
        if failedRounds == 1 || failedRounds % 10 == 0 {
            let heard = readings.count { $0.taken >= ended.started }
            effects.append(
                say("no quorum of relays agrees on the time yet: \(heard) of \(ended.asked) have answered"))
        }
        return effects
    }

    /// What the round found leads nowhere yet; the next one comes as after a failure.
    mutating func putOff(_ now: Moment) {
        failedRounds += 1
        due = now.sinceStart + RoundPauses.afterFailure(failedRounds, &random)
    }

    /// The clock is as the relays say; the next look is far away.
    mutating func rest(_ now: Moment) {
        failedRounds = 0
        due = now.sinceStart + Int64.random(in: RoundPauses.confirmed, using: &random)
    }
}

extension ClockTrust {
    /// A provisional time is nobody's word.
    var isWorthSaving: Bool { self == .confirmed || self == .owner }
}
