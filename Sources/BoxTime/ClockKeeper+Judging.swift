extension ClockKeeper {
    /// Looks whether what was heard so far is a quorum, whatever those say who are still silent.
    mutating func judge(_ now: Moment) -> [ClockEffect] {
        guard let round else { return [] }
        let voices = TimeReading.distinct(readings, networks: distinctNetworks)
        guard let reached = Agreement.reached(by: voices, silent: round.isSettled ? 0 : round.waiting.count)
        else { return [] }
        agreement = reached
        guard !round.isSettled, afterStep == nil else { return [] }
        self.round?.isSettled = true
        lastAgreement = now.sinceStart
        let truth = (now.sinceStart + reached.middle) / second
        guard bounds.allowed.contains(truth) else {
            putOff(now)
            return [
                say(
                    """
                    \(reached.agreeing.count) relays agree on \(UTC.words(truth)), which no right clock shows: earlier \
                    than \(UTC.words(bounds.floor)) or later than \(UTC.words(bounds.horizon)); nothing is changed. If \
                    they are right, `torbox time set` repairs it
                    """)
            ]
        }
        let error = reached.interval.contains(now.offset) ? 0 : reached.middle - now.offset
        switch trust {
        case .confirmed: return mend(error, now)
        case .none, .provisional, .owner:
            guard error != 0 else { return trust(.confirmed, now) }
            afterStep = .confirmed
            putOff(now)
            return [.step(offset: reached.middle)]
        }
    }

    /// Who dissents, and by how much: relays are public.
    func words(on reading: TimeReading) -> String {
        "relay \(reading.relay) at \(reading.endpoint) says a time \(deviation(of: reading)) s off the others'"
    }

    /// In seconds from what was agreed to what the relay said.
    public func deviation(of reading: TimeReading) -> Int64 {
        guard let agreement else { return 0 }
        return (reading.middle - agreement.middle) / second
    }

    /// What a confirmed clock needs; never a jump.
    private mutating func mend(_ error: Int64, _ now: Moment) -> [ClockEffect] {
        rest(now)
        if error == 0 {
            notice = nil
            return []
        }
        guard abs(error) <= Self.largestDrift else {
            return [
                say(
                    """
                    the relays agree that the clock is \(abs(error / second)) s \(error > 0 ? "behind" : "ahead"), though \
                    it was confirmed since the box started; it is not changed. Restart the box if they are right
                    """)
            ]
        }
        notice = nil
        slewing = abs(error)
        return [.slew(error)]
    }

    /// The clock has been set as asked, and is what it was set for.
    mutating func takeStep(_ now: Moment) -> [ClockEffect] {
        guard let next = afterStep else { return [] }
        afterStep = nil
        return trust(next, now)
    }

    /// Relies on the clock as it is now.
    mutating func trust(_ next: ClockTrust, _ now: Moment) -> [ClockEffect] {
        trust = next
        knownOffset = now.offset
        slewing = 0
        notice = nil
        if next == .confirmed { rest(now) }
        var effects: [ClockEffect] = [
            .remember(ClockMemory(trust: next, offset: now.offset, usedTorsWord: usedTorsWord))
        ]
        if next.isWorthSaving {
            bounds.saved = now.seconds
            saveDue = now.sinceStart + 3_600 * second
            effects.append(.save(now.seconds))
        }
        return effects + [.tell(next)]
    }

    /// Believes an earlier torboxd of this boot, unless the clock was moved meanwhile.
    mutating func start(_ memory: ClockMemory?, _ now: Moment) -> [ClockEffect] {
        due = now.sinceStart
        if let memory, memory.trust.suffices {
            usedTorsWord = memory.usedTorsWord
            if abs(memory.offset - now.offset) <= Self.steadiness {
                trust = memory.trust
                knownOffset = memory.offset
                if trust == .confirmed { rest(now) }
                return [.tell(trust)]
            }
            return [.remember(nil), say("the clock was moved while torboxd did not run")] + distrust(now)
        }
        return distrust(now)
    }

    /// Somebody with the right to do so set the clock by hand; relays are asked anew.
    mutating func noticeMovedClock(_ now: Moment) -> [ClockEffect] {
        guard trust.suffices, afterStep == nil, let knownOffset else { return [] }
        guard abs(now.offset - knownOffset) > Self.steadiness + slewing else { return [] }
        due = now.sinceStart
        return [.remember(nil), say("the clock was moved by another program; relays are asked again")] + distrust(now)
    }

    private mutating func distrust(_ now: Moment) -> [ClockEffect] {
        trust = .none
        knownOffset = nil
        guard behindBridges else { return [.tell(.none)] }
        if bounds.allowed.contains(now.seconds) { return trust(.provisional, now) }
        afterStep = .provisional
        return [.tell(.none), .step(offset: bounds.floor * second - now.sinceStart)]
    }
}
