/// What the owner chooses on the pages or by `torbox settings`, whole and as it was typed.
///
/// Nothing here is judged yet: the configuration's own reading does that, with the same words for a mistake as for one
/// in the file.
public struct Settings: Codable, Sendable, Hashable {
    /// A word of ``OwnTorPolicy``.
    public var ownTorPolicy = OwnTorPolicy.automatic.rawValue
    /// Whether a guest may tick their own device under the policy `chosen`.
    public var guestsChooseOwnTor = false
    /// Bridge lines as they were given; empty for none.
    public var bridges: [String] = []
    public var proxy: Proxy?
    /// The ports that the uplink's firewall lets through; empty for all.
    public var reachablePorts: [Int] = []
    /// Countries as two letters (ISO 3166-1), in which circuits should begin; empty for all.
    public var entryCountries: [String] = []
    /// The same for where they should end.
    public var exitCountries: [String] = []
    /// Further lines for tor's configuration, of the options that are allowed.
    public var furtherTorLines: [String] = []
    public var wifi: WiFi?
    /// Whether the box notes to whom that was addressed which it refused.
    public var notesPlaces = false

    /// What stands between the box and the internet and must be asked for each connection.
    public struct Proxy: Codable, Sendable, Hashable {
        /// `socks4`, `socks5` or `https`.
        public var kind: String
        /// `192.0.2.7:1080`; a name would have to be asked of somebody first.
        public var address: String
        /// Empty without a login.
        public var user: String
        public var password: String

        public init(kind: String, address: String, user: String = "", password: String = "") {
            (self.kind, self.address, self.user, self.password) = (kind, address, user, password)
        }
    }

    /// The network that the box makes for its people.
    public struct WiFi: Codable, Sendable, Hashable {
        /// 1...32 bytes of UTF-8.
        public var name: String
        /// 8...63 printable ASCII characters.
        public var password: String

        public init(name: String, password: String) {
            (self.name, self.password) = (name, password)
        }
    }

    public init() {}
}
