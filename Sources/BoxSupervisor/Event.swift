import BoxModel
import NetAddress

/// What the world tells the supervisor.
public enum Event: Sendable, Equatable {
    /// The kernel's ruleset was compared with the one that was meant.
    case airlock(Airlock)
    /// All addresses on uplinks that are up, link-local ones left out.
    case uplink(Set<Network>)
    /// The own addresses from which a connection to the internet would start now, one a family that has a route.
    case sources(Set<IPAddress>)
    /// How far the machine's clock may be relied on.
    case clock(Clock)
    /// Where relays are to be asked for the time now; nowhere between two rounds.
    case clockRound(Set<Endpoint>)
    /// The control connection stands: tor's bootstrap percentage.
    case torAnswers(bootstrap: Int)
    case torGone
    /// Where the program that meets snowflakes takes tor's connections; asked only where there are such bridges.
    case snowflake(Snowflake)
    case torBootstrap(Int)
    /// What tor met at a bridge; the percentage stays.
    case bridgeFailed(BridgeFailure)
    /// What the documents of the Tor network say now.
    case entrances(Entrances)
    /// The files of tor's that are not taken over now, each with the reason.
    case documentsRefused([String])
    /// What the owner decided of the devices: those ticked for their own Tor, and those without any network.
    case devices(ownTor: Set<HardwareAddress>, blocked: Set<HardwareAddress>)
    /// The kernel refused the sets, with the reason.
    case openingsRefused(String)
    /// Other settings are kept, and another supervisor will decide by them.
    case handOver(HandOver)
    case stopping
}

/// Whether the kernel holds the ruleset that was meant, on the devices that are there now.
public enum Airlock: Sendable, Hashable {
    case held
    case broken(String)
}

/// How far the machine's clock may be relied on.
public enum Clock: Sendable, Hashable {
    case untrusted
    /// Good enough to let tor out, by which it may show itself wrong; nobody stands for it, so nobody else is told.
    case provisional
    /// Relays or the owner stand for it.
    case trusted
}

/// The program that meets the volunteers who carry to snowflake bridges.
public enum Snowflake: Sendable, Hashable {
    case gone
    /// On this port of 127.0.0.1, another one after each start.
    case listens(port: UInt16)
}

/// The box's own tor as the control connection shows it.
public enum Tor: Sendable, Hashable {
    case gone
    /// Bootstrapped so far: 0...100.
    case answers(bootstrap: Int)
}
