/// What the box refused to a device in the last half hour; to whom it was addressed only where the owner wants that.
public struct RefusalsReport: Codable, Sendable, Hashable {
    /// What people know such packets by.
    public enum Kind: String, Codable, Sendable, CaseIterable {
        /// HTTP/3: browsers try it first and go on by TCP.
        case quic
        /// UDP to any port that nothing else here claims.
        case callOrGame
        case vpn
        case ping
        /// TCP or UDP to a private network.
        case privateNetwork
        /// UDP to a port of one of the old services, such as names of a blocked device.
        case otherUDP
        /// TCP to a public address: while nothing is carried, for a blocked device, for one guard too many.
        case connection
        case otherProtocol
    }

    public struct Entry: Codable, Sendable, Hashable {
        public var kind: Kind
        /// In packets; an application usually sends several.
        public var count: Int
        public var lastSecondsAgo: Int

        public init(kind: Kind, count: Int, lastSecondsAgo: Int) {
            (self.kind, self.count, self.lastSecondsAgo) = (kind, count, lastSecondsAgo)
        }
    }

    /// The device's name.
    public var device: String
    /// The latest first; each kind at most once.
    public var entries: [Entry]
    /// The addresses, of the latest twenty and those first; for the owner alone.
    public var destinations: [String]

    public init(device: String, entries: [Entry], destinations: [String] = []) {
        (self.device, self.entries, self.destinations) = (device, entries, destinations)
    }
}
