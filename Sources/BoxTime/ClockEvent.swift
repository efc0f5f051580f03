import TorLink

/// What the world tells the clock's keeper.
public enum ClockEvent: Sendable {
    /// torboxd has started; the memory is of this boot, or `nil`.
    case started(ClockMemory?)
    /// What the uplink's addresses let the box speak; nothing while it has none.
    case uplink(Set<AddressFamily>)
    /// All relays that may be asked, instead of those before.
    case sources([ClockSource])
    /// Of the round that runs.
    case line(ClockLine)
    case roundEnded
    case timePassed
    /// tor's estimate: seconds from the true time to this clock's, negative where the clock is behind.
    case torSays(skew: Int)
    /// A consensus that the authorities signed became valid then, in seconds since 1970.
    case consensus(validAfter: Int64)
    /// The clock was stepped as asked.
    case clockSet
    case clockNotSet(String)
    case stopping
}

/// What the clock's keeper wants done.
public enum ClockEffect: Hashable, Sendable {
    /// Starts a round with these relays.
    case ask([RelayClock])
    /// Sets the clock so that it shows the time since start plus this offset, in nanoseconds.
    case step(offset: Int64)
    /// Lets the clock run faster, or slower where negative, until it has made up so many nanoseconds.
    case slew(Int64)
    /// Keeps a good time over power-off, in seconds since 1970.
    case save(Int64)
    /// Keeps what is known until power-off, or forgets it.
    case remember(ClockMemory?)
    case tell(ClockTrust)
    /// For the log, and for whoever asks.
    case say(String)
}

/// This machine's two clocks, read together; nanoseconds.
public struct Moment: Hashable, Sendable {
    /// Since the machine started, time asleep included.
    public var sinceStart: Int64
    /// Since 1970, as the machine has it, right or wrong.
    public var timeOfDay: Int64

    public init(sinceStart: Int64, timeOfDay: Int64) {
        self.sinceStart = sinceStart
        self.timeOfDay = timeOfDay
    }

    var offset: Int64 { timeOfDay - sinceStart }
    var seconds: Int64 { timeOfDay / second }
}
