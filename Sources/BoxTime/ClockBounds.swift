/// Between which times the clock may be set, whoever says so; seconds since 1970.
public struct ClockBounds: Hashable, Sendable {
    /// When this version was released: no right clock shows an earlier time.
    public let release: Int64
    /// The last time that was known to be good; `nil` on the first day.
    public var saved: Int64?

    /// No box of this version lives longer than twenty years.
    public var horizon: Int64 { release + 20 * 365 * 86_400 }

    /// The earliest time that relays or tor may name.
    ///
    /// A minute before the saved time, since a clock that was a little fast is slowed down.
    public var floor: Int64 { max(release, (saved ?? release) - 60) }

    /// - Parameter saved: left out of account where no right clock can have shown it.
    public init(release: Int64, saved: Int64? = nil) {
        self.release = release
        self.saved = nil
        if let saved, (release...horizon).contains(saved) { self.saved = saved }
    }

    /// What relays and tor may name.
    var allowed: ClosedRange<Int64> { floor...horizon }
    /// What the owner may name: also a time before a saved one that was wrong.
    public var ownersRange: ClosedRange<Int64> { release...horizon }
}
