/// What went wrong in the lab: the place, the thing and the remedy in one sentence.
public struct LabError: Error, Sendable, CustomStringConvertible {
    public enum Kind: Sendable, CaseIterable {
        /// Another lab holds the lock.
        case busy
        /// The command needs a lab that is up.
        case notUp
        /// A program, a file or a right that the lab needs is not there.
        case missing
        /// A process of the lab could not start or ended too early.
        case process
        /// The private Tor network did not come to a whole consensus.
        case tor
        /// The box did not start, or did not reach the state that was waited for.
        case box
        /// A check found something else than the box promises.
        case check
        /// The capture is not complete, so nothing may be concluded from it.
        case capture
        case timeLimit
    }

    public var kind: Kind
    public var message: String

    public init(_ kind: Kind, _ message: String) {
        self.kind = kind
        self.message = message
    }

    public var description: String { message }
}
