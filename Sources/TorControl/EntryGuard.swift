/// A relay that tor enters its network by (`GETINFO entry-guards`, control-spec 3.9).
public struct EntryGuard: Hashable, Sendable {
    public enum Status: String, Hashable, Sendable {
        case up
        case down
        /// Chosen, but not asked yet.
        case neverConnected = "never-connected"
        case unusable
        case unlisted
        /// A status that this version does not know.
        case unknown = ""
    }

    public var identity: RelayIdentity
    public var status: Status

    /// Reads a line such as `$0123…~nickname down 2026-11-22 12:34:56`.
    init?(_ words: Words) {
        var words = words
        guard let relay = words.next(), let identity = RelayIdentity(hex: relay.prefix(41)), let status = words.next()
        else { return nil }
        self.identity = identity
        self.status = Status(rawValue: status) ?? .unknown
    }
}
