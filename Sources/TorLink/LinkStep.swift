/// How far the opening of a link has come: what is waited for now.
public enum LinkStep: String, Sendable, CaseIterable, Comparable {
    case connection
    case tls = "TLS"
    case versions = "VERSIONS"
    case certificates = "CERTS"
    case challenge = "AUTH_CHALLENGE"
    case netinfo = "NETINFO"
    case done = "the end"

    public static func < (left: Self, right: Self) -> Bool {
        allCases.firstIndex(of: left)! < allCases.firstIndex(of: right)!
    }
}
