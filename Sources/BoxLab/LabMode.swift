/// What the host `box` is at the moment.
public enum LabMode: String, Sendable, CaseIterable, Codable {
    /// Wires only: both of its devices are down and nothing runs.
    case withoutBox = "without-box"
    /// The product: `torboxd` behind its airlock.
    case box
    /// An ordinary NAT router, to show that a probe is visible where the product's rules are not there.
    case naked
}
