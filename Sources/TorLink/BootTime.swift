import Glibc

/// Nanoseconds of CLOCK_BOOTTIME: since this machine started, sleep included, whatever is done to the time of day.
enum BootTime {
    static var now: UInt64 {
        var time = timespec()
        clock_gettime(CLOCK_BOOTTIME, &time)
        return UInt64(time.tv_sec) * 1_000_000_000 + UInt64(time.tv_nsec)
    }

    /// The moment so much later.
    static func after(_ duration: Duration, from start: UInt64 = now) -> UInt64 {
        let (seconds, attoseconds) = duration.components
        return start + UInt64(max(0, seconds)) * 1_000_000_000 + UInt64(max(0, attoseconds / 1_000_000_000))
    }
}
