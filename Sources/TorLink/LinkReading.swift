import NetAddress

/// What a verified relay said of the time, and when it can have said it.
///
/// The relay cut its time to whole seconds somewhere between `asked` and `answered`. If it told the truth, then the
/// true time minus this machine's time since start lies in `time - answered ..< time + 1 s - asked`.
public struct LinkReading: Hashable, Sendable {
    public let endpoint: Endpoint
    public let relay: LinkIdentity
    /// Seconds since 1970, never 0.
    public let time: UInt32
    /// When the first cell was sent, in nanoseconds of CLOCK_BOOTTIME.
    public let asked: UInt64
    /// When the time had come in, in nanoseconds of CLOCK_BOOTTIME.
    public let answered: UInt64
}
