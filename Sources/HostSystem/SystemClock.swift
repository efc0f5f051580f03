import Glibc

/// The machine's clocks; the one place that can set them.
public enum SystemClock {
    private static let second: Int64 = 1_000_000_000

    /// The time since the machine started, time asleep included, and the time of day since 1970, read together; in
    /// nanoseconds.
    ///
    /// - Throws: ``HostError`` of kind `.clock`.
    public static func read() throws(HostError) -> (sinceStart: Int64, timeOfDay: Int64) {
        let before = try read(CLOCK_BOOTTIME)
        let timeOfDay = try read(CLOCK_REALTIME)
        let after = try read(CLOCK_BOOTTIME)
        return (before + (after - before) / 2, timeOfDay)
    }

    /// Sets the time of day at once, to the time since start plus an offset in nanoseconds.
    ///
    /// - Throws: ``HostError`` of kind `.clock`; the clock is as it was then.
    public static func set(offset: Int64) throws(HostError) {
        let (sum, overflow) = try read(CLOCK_BOOTTIME).addingReportingOverflow(offset)
        guard !overflow, sum >= 0 else {
            throw HostError(.clock, "clock: no time before 1970 or after 2262 can be set")
        }
        var time = timespec(tv_sec: time_t(sum / second), tv_nsec: Int(sum % second))
        guard clock_settime(CLOCK_REALTIME, &time) == 0 else { throw HostError(.clock, "clock", errno: errno) }
    }

    /// Lets the clock run up to 0.05 % faster, or slower where negative, until it has made up so many nanoseconds; what
    /// an earlier call has left undone is dropped (adjtime(3)).
    ///
    /// - Throws: ``HostError`` of kind `.clock`.
    public static func slew(_ nanoseconds: Int64) throws(HostError) {
        var delta = timeval(
            tv_sec: time_t(nanoseconds / second), tv_usec: suseconds_t(nanoseconds % second / 1_000))
        guard adjtime(&delta, nil) == 0 else { throw HostError(.clock, "clock", errno: errno) }
    }

    /// The kernel's name for the time from one start of the machine to the next.
    ///
    /// - Throws: ``HostError`` of kind `.file`.
    public static func bootID() throws(HostError) -> String {
        let text = String(decoding: try DurableFile("/proc/sys/kernel/random/boot_id").read(limit: 64), as: UTF8.self)
        return String(text.prefix { $0 != "\n" })
    }

    private static func read(_ clock: clockid_t) throws(HostError) -> Int64 {
        var time = timespec()
        guard clock_gettime(clock, &time) == 0 else { throw HostError(.clock, "clock", errno: errno) }
        return Int64(time.tv_sec) * second + Int64(time.tv_nsec)
    }
}
