import Glibc

/// The machine's idea of the time of day.
enum WallClock {
    /// When this version was released, in seconds since 1970: no right clock shows an earlier time.
    static let release = 1_795_305_600

    static var isAfterRelease: Bool {
        time(nil) >= release
    }
}
