/// When a consensus may be used (dir-spec 3.4.1): `validAfter` < `freshUntil` < `validUntil`.
public struct ConsensusValidity: Hashable, Sendable {
    public let validAfter: UnixTime
    /// From then on there should be a newer one.
    public let freshUntil: UnixTime
    public let validUntil: UnixTime

    /// How far outside `validAfter...validUntil` a consensus may still be used, in seconds.
    public struct Tolerance: Hashable, Sendable {
        public var early: Int64
        public var late: Int64

        public init(early: Int64, late: Int64) {
            self.early = early
            self.late = late
        }

        public static let none = Tolerance(early: 0, late: 0)
        /// What tor grants its clients: a day after the end, when no newer consensus can be had (dir-spec 5.1).
        public static let client = Tolerance(early: 0, late: 24 * 60 * 60)
    }

    /// Refuses a moment before `validAfter` or after `validUntil`, stretched by the tolerance.
    ///
    /// The differences may wrap, for times that no clock shows; they are for the reader alone.
    func check(at now: UnixTime, tolerance: Tolerance) throws(DocumentError) {
        guard now >= validAfter.advanced(by: 0 &- tolerance.early) else {
            throw DocumentError(
                .untimely, "consensus: becomes valid \(validAfter.seconds &- now.seconds) s from now; check the clock")
        }
        guard now <= validUntil.advanced(by: tolerance.late) else {
            throw DocumentError(
                .untimely, "consensus: ended \(now.seconds &- validUntil.seconds) s ago; tor must fetch a newer one")
        }
    }
}
