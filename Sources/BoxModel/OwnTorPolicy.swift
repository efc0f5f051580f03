/// Whose own Tor goes straight to its guard; the rest is carried like everything else.
public enum OwnTorPolicy: String, Sendable, CaseIterable, Codable {
    /// Every device's that is not blocked.
    case automatic
    /// That of the devices which the owner ticked.
    case chosen
    case never
}
