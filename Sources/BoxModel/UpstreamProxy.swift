import NetAddress

/// What stands between the box and the internet and must be asked for each connection.
public struct UpstreamProxy: Hashable, Sendable {
    public enum Kind: String, Sendable, CaseIterable {
        case socks4, socks5
        /// One that is asked by `CONNECT`.
        case https
    }

    /// Both of 1...255 printable ASCII characters, the user without a colon.
    public struct Login: Hashable, Sendable {
        public let user: String
        public let password: String

        public init(user: String, password: String) {
            (self.user, self.password) = (user, password)
        }
    }

    public let kind: Kind
    public let endpoint: Endpoint
    /// Never with SOCKS 4, which knows no passwords.
    public let login: Login?

    public init(_ kind: Kind, at endpoint: Endpoint, login: Login? = nil) {
        (self.kind, self.endpoint, self.login) = (kind, endpoint, login)
    }
}

extension UpstreamProxy: Confidential {}
extension UpstreamProxy.Login: Confidential {}
