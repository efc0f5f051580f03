/// What the box lets through from the moment in which other settings are taken until a new daemon has decided by them.
public enum HandOver: Sendable, Hashable, CaseIterable {
    /// The new settings let through what the old ones did.
    case asItIs
    /// They may let fewer devices' own Tor through; what tor carries goes on.
    case withoutOwnTor
    /// They may have other doors, or need another tor.
    case closed
}
