/// Takes one change of a guest's a second, of all guests together: the box's disk and the owner's requests come first.
actor GuestChanges {
    private var last: ContinuousClock.Instant?

    /// Whether a change may be made now; it counts as made then.
    func begins(at now: ContinuousClock.Instant = .now) -> Bool {
        if let last, now - last < .seconds(1) { return false }
        last = now
        return true
    }
}
