import BoxModel
import NetAddress

/// What the world tells the supervisor.
public enum Event: Sendable, Equatable {
    /// The kernel's ruleset was compared with the one that was meant.
    case airlock(Airlock)
    /// All addresses on uplinks that are up, link-local ones left out.
    case uplink(Set<Network>)
    /// Whether tor may be let out with the clock as it is.
    case clock(isTrusted: Bool)
    /// Where relays are to be asked for the time now; nowhere between two rounds.
    case clockRound(Set<Endpoint>)
    /// The control connection stands: tor's bootstrap percentage.
    case torAnswers(bootstrap: Int)
    case torGone
    case torBootstrap(Int)
    /// What the documents of the Tor network say now.
    case entrances(Entrances)
    /// What the owner decided of the devices: those ticked for their own Tor, and those without any network.
    case devices(ownTor: Set<HardwareAddress>, blocked: Set<HardwareAddress>)
    /// The kernel refused the sets, with the reason.
    case openingsRefused(String)
    case stopping
}

/// Whether the kernel holds the ruleset that was meant, on the devices that are there now.
public enum Airlock: Sendable, Hashable {
    case held
    case broken(String)
}

/// The box's own tor as the control connection shows it.
public enum Tor: Sendable, Hashable {
    case gone
    /// Bootstrapped so far: 0...100.
    case answers(bootstrap: Int)
}
