import NetAddress

/// What the consensus says of one relay, as tor lists it (dir-spec 3.4.1, lines "r", "a" and "s").
public struct RouterStatus: Hashable, Sendable {
    public var nickname: String
    public var identity: RelayIdentity
    /// Where it accepts connections: its IPv4 address first, then those of its "a" lines.
    public var endpoints: [Endpoint]
    /// The directory port at the IPv4 address; 0 where it has none.
    public var directoryPort: UInt16
    public var flags: RouterFlags

    /// Reads entries as `GETINFO ns/all` and NEWCONSENSUS give them; lines of other kinds are passed over.
    ///
    /// - Throws: ``ControlError`` of kind `.malformed` with the number of the line that cannot be read.
    public static func list(_ bytes: [UInt8]) throws(ControlError) -> [RouterStatus] {
        var routers: [RouterStatus] = []
        for (number, line) in bytes.split(separator: .lineFeed).enumerated() {
            let words = line.split(separator: .space)
            guard let kind = words.first, kind.count == 1, let letter = kind.first else { continue }
            let isRead =
                switch letter {
                case UInt8(ascii: "r"): append(words, to: &routers)
                case UInt8(ascii: "a"): addEndpoint(words, to: &routers)
                case UInt8(ascii: "s"): setFlags(words, of: &routers)
                default: true
                }
            guard isRead else {
                throw ControlError(.malformed, "tor's list of relays cannot be read at line \(number + 1)")
            }
        }
        return routers
    }

    /// `r` nickname identity digest date time IP ORPort DirPort
    private static func append(_ words: [ArraySlice<UInt8>], to routers: inout [RouterStatus]) -> Bool {
        guard words.count >= 9, let identity = RelayIdentity(base64: words[2]),
            let address = IPv4Address(text(words[6])), let port = UInt16(text(words[7])),
            let directoryPort = UInt16(text(words[8]))
        else { return false }
        routers.append(
            RouterStatus(
                nickname: text(words[1]), identity: identity, endpoints: [Endpoint(.v4(address), port)],
                directoryPort: directoryPort, flags: []))
        return true
    }

    /// `a` address:port
    private static func addEndpoint(_ words: [ArraySlice<UInt8>], to routers: inout [RouterStatus]) -> Bool {
        guard !routers.isEmpty, words.count >= 2, let endpoint = Endpoint(text(words[1])) else { return false }
        routers[routers.count - 1].endpoints.append(endpoint)
        return true
    }

    /// `s` flag...
    private static func setFlags(_ words: [ArraySlice<UInt8>], of routers: inout [RouterStatus]) -> Bool {
        guard !routers.isEmpty else { return false }
        routers[routers.count - 1].flags = RouterFlags(names: words.dropFirst())
        return true
    }

    private static func text(_ bytes: ArraySlice<UInt8>) -> String {
        String(decoding: bytes, as: UTF8.self)
    }
}
