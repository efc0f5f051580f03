import BoxConfiguration

/// Whom dnsmasq asks for the names of the world; it reads the file anew, and forgets its cache, on SIGHUP.
///
/// While tor cannot resolve, `none` makes dnsmasq refuse at once. With tor's port named but nobody there, or nobody
/// ready, it would leave each question without an answer until the device gives up.
public enum ResolverUpstream: Sendable, Equatable {
    /// Every name that is not the box's own is refused.
    case none
    /// tor's DNSPort, once tor is bootstrapped.
    case tor(Configuration.Tor)

    public var text: String {
        switch self {
        case .none: renderedComment + "# tor cannot resolve now: every name is refused at once.\n"
        case .tor(let tor): renderedComment + "server=127.0.0.1#\(tor.dnsPort)\n"
        }
    }
}
