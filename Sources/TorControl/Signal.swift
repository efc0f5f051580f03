/// What tor can be told to do by SIGNAL (control-spec 3.7).
public enum Signal: String, Hashable, Sendable, CaseIterable {
    /// Read the configuration again.
    case reload = "RELOAD"
    /// End; a relay waits for its circuits first.
    case shutdown = "SHUTDOWN"
    /// End at once.
    case halt = "HALT"
    /// Use fresh circuits for all new connections; tor may delay it.
    case newIdentity = "NEWNYM"
    /// Forget the addresses learned for names.
    case clearDNSCache = "CLEARDNSCACHE"
    /// Write a heartbeat line into the log.
    case heartbeat = "HEARTBEAT"
    /// Rest until a client asks for something.
    case dormant = "DORMANT"
    /// Stop resting.
    case active = "ACTIVE"

    var endsTor: Bool {
        switch self {
        case .shutdown, .halt: true
        case .reload, .newIdentity, .clearDNSCache, .heartbeat, .dormant, .active: false
        }
    }
}
