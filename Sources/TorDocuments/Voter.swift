import NetAddress

/// An authority as a consensus names it among those that voted (dir-spec 3.4.1, "dir-source").
public struct Voter: Hashable, Sendable {
    public let nickname: String
    /// The digest of its v3 identity key.
    public let identity: Fingerprint
    public let address: IPv4Address
    public let directoryPort: UInt16
    public let orPort: UInt16

    /// Reads the arguments of a `dir-source` line; `nil` where one is missing or not what it should be.
    init?(_ arguments: [Substring]) {
        guard arguments.count >= 6, !arguments[0].isEmpty, let identity = Fingerprint(hexadecimal: arguments[1]),
            let address = IPv4Address(arguments[3]), let directoryPort = UInt16(arguments[4]),
            let orPort = UInt16(arguments[5])
        else { return nil }
        nickname = String(arguments[0])
        self.identity = identity
        self.address = address
        self.directoryPort = directoryPort
        self.orPort = orPort
    }
}
