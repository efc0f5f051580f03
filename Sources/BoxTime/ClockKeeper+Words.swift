extension ClockKeeper {
    /// tor's word stands in where no relay can be asked: once, and within the bounds.
    mutating func takeTorsWord(_ skew: Int, _ now: Moment) -> [ClockEffect] {
        guard behindBridges, trust == .provisional, !usedTorsWord, afterStep == nil else { return [] }
        let (truth, overflow) = now.seconds.subtractingReportingOverflow(Int64(skew))
        guard !overflow, bounds.allowed.contains(truth) else {
            return [say("tor says that the clock is \(skew) s wrong, which cannot be; `torbox time set` sets it")]
        }
        usedTorsWord = true
        afterStep = .provisional
        return [.step(offset: truth * second - now.sinceStart)]
    }

    /// A consensus of the authorities cannot be from the future: a clock that shows an earlier time is behind.
    mutating func compare(_ validAfter: Int64, _ now: Moment) -> [ClockEffect] {
        guard trust.suffices, now.seconds < validAfter - 3_600, bounds.horizon > validAfter,
            due ?? .max > now.sinceStart
        else { return [] }
        due = now.sinceStart
        return [say("the Tor network's consensus is from after what the clock shows; relays are asked again")]
    }

    /// The owner's clock, in seconds since 1970.
    ///
    /// It may be earlier than the saved time: that is how a wrong one is repaired.
    /// - Throws: ``TimeRefusal``; nothing is changed then.
    public mutating func setByOwner(_ seconds: Int64, at now: Moment) throws(TimeRefusal) -> [ClockEffect] {
        guard trust != .confirmed else {
            throw TimeRefusal(
                .confirmed,
                "relays of the Tor network have confirmed the clock since the box started; it stays as it is")
        }
        guard bounds.ownersRange.contains(seconds) else {
            throw TimeRefusal(
                .outOfBounds(from: bounds.release, to: bounds.horizon),
                """
                \(UTC.words(seconds)): this version's clock can be set from \(UTC.words(bounds.release)) to \
                \(UTC.words(bounds.horizon))
                """)
        }
        guard afterStep == nil else { throw TimeRefusal(.busy, "the clock is being set already; look again") }
        afterStep = .owner
        return [.step(offset: seconds * second - now.sinceStart)]
    }
}

/// Why the owner's time was not taken.
public struct TimeRefusal: Error, Hashable, Sendable, CustomStringConvertible {
    public enum Kind: Hashable, Sendable {
        case confirmed
        /// In seconds since 1970.
        case outOfBounds(from: Int64, to: Int64)
        case busy
    }

    public var kind: Kind
    public var message: String

    public init(_ kind: Kind, _ message: String) {
        self.kind = kind
        self.message = message
    }

    public var description: String { message }
}
