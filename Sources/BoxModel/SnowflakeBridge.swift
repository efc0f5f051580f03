import NetAddress

/// How volunteers are met who carry to a snowflake bridge: by a broker, which is asked over HTTPS, and by servers that
/// tell the box its own address outside.
public struct SnowflakeBridge: Hashable, Sendable {
    /// Whether the broker is told which bridge is meant; otherwise it takes the one that it knows best.
    public let namesBridge: Bool
    /// An address of the web, on port 443.
    public let broker: String
    /// Other names on the same port, under which the broker is asked so that its own is not seen.
    public let fronts: [String]
    /// An address of the web like the broker's, where somebody asks the broker for the box.
    public let cache: String?
    /// `stun:HOST:PORT` each, in the order given.
    public let servers: [String]
    /// The program's word for the browser that it looks like to whoever sees its TLS.
    public let imitated: String?

    /// SOCKS has room for no more (`MAX_SOCKS5_AUTH_SIZE_TOTAL` in tor's source); it counts without the blanks between.
    static let lengthLimit = 510

    /// Reads what follows the fingerprint: `KEY=VALUE` each, no key twice.
    ///
    /// - Parameter fingerprint: the line's own, which must be repeated where one is named.
    init(_ words: ArraySlice<String>, of fingerprint: String) throws(BridgeLineError) {
        var values: [String: String] = [:]
        for word in words {
            let parts = word.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map { String($0) }
            guard parts.count == 2, Self.keys.contains(parts[0]),
                values.updateValue(parts[1], forKey: parts[0]) == nil
            else { throw BridgeLineError(.snowflakeKey) }
        }

        if let named = values["fingerprint"], named.uppercased() != fingerprint {
            throw BridgeLineError(.snowflakeFingerprint)
        }
        namesBridge = values["fingerprint"] != nil
        guard let broker = values["url"], Self.isAddressOfTheWeb(broker) else {
            throw BridgeLineError(.snowflakeBroker)
        }
        self.broker = broker
        fronts = try Self.fronts(values["front"], values["fronts"])
        cache = values["ampcache"]
        if let cache, !Self.isAddressOfTheWeb(cache) { throw BridgeLineError(.snowflakeCache) }
        servers = (values["ice"] ?? "").split(separator: ",", omittingEmptySubsequences: false).map { String($0) }
        guard (1...20).contains(servers.count), servers.allSatisfy(Self.isServer) else {
            throw BridgeLineError(.snowflakeServers)
        }
        imitated = values["utls-imitate"]
        if let imitated, !(1...32).contains(imitated.utf8.count) || !imitated.allSatisfy(Self.isOfAName) {
            throw BridgeLineError(.snowflakeImitated)
        }
        guard arguments(fingerprint).reduce(0, { $0 + $1.utf8.count + 1 }) <= Self.lengthLimit else {
            throw BridgeLineError(.tooLong)
        }
    }

    /// As they follow the fingerprint in torrc.
    func arguments(_ fingerprint: String) -> [String] {
        (namesBridge ? ["fingerprint=\(fingerprint)"] : []) + ["url=\(broker)"]
            // Older programs know no other word for a single one.
            + (fronts.isEmpty ? [] : [(fronts.count == 1 ? "front=" : "fronts=") + fronts.joined(separator: ",")])
            + (cache.map { ["ampcache=\($0)"] } ?? []) + ["ice=\(servers.joined(separator: ","))"]
            + (imitated.map { ["utls-imitate=\($0)"] } ?? [])
    }

    private static let keys: Set = ["fingerprint", "url", "front", "fronts", "ampcache", "ice", "utls-imitate"]

    private static func fronts(_ one: String?, _ several: String?) throws(BridgeLineError) -> [String] {
        guard one == nil || several == nil else { throw BridgeLineError(.snowflakeFronts) }
        guard let text = one ?? several else { return [] }
        let fronts = text.split(separator: ",", omittingEmptySubsequences: false).map { String($0) }
        guard (1...(one == nil ? 10 : 1)).contains(fronts.count), fronts.allSatisfy(isHostName) else {
            throw BridgeLineError(.snowflakeFronts)
        }
        return fronts
    }

    /// `https://HOST/PATH`, perhaps with the port 443: the airlock lets out no other.
    private static func isAddressOfTheWeb(_ text: String) -> Bool {
        let start = "https://"
        guard text.utf8.count <= 200, text.hasPrefix(start) else { return false }
        let rest = text.dropFirst(start.count)
        let place = rest.prefix { $0 != "/" }
        let host = place.hasSuffix(":443") ? place.dropLast(4) : place
        return isHost(host) && rest.dropFirst(place.count).allSatisfy { isOfAName($0) || "/-.".contains($0) }
    }

    /// `stun:HOST`, perhaps with a port; the kinds that need a password or TCP are not spoken by the program.
    private static func isServer(_ text: String) -> Bool {
        let start = "stun:"
        guard text.hasPrefix(start) else { return false }
        let rest = text.dropFirst(start.count)
        if let endpoint = Endpoint(rest) { return endpoint.isReachable }
        let parts = rest.split(separator: ":", omittingEmptySubsequences: false)
        guard let host = parts.first, parts.count <= 2 else { return false }
        guard let port = parts.dropFirst().first else { return isHost(host) }
        return isHost(host) && port.allSatisfy(\.isWholeNumber) && (UInt16(port) ?? 0) > 0
    }

    private static func isHost(_ text: Substring) -> Bool {
        if let address = IPAddress(text) { return Endpoint(address, 443).isReachable && !text.contains(":") }
        return isHostName(String(text))
    }

    /// A name with a dot in it (RFC 1123), in letters and digits.
    private static func isHostName(_ text: String) -> Bool {
        let labels = text.split(separator: ".", omittingEmptySubsequences: false)
        return text.utf8.count <= 253 && labels.count >= 2 && labels.last?.contains(where: \.isLetter) == true
            && labels.allSatisfy { label in
                (1...63).contains(label.utf8.count) && label.first != "-" && label.last != "-"
                    && label.allSatisfy { $0 == "-" || ($0 != "_" && isOfAName($0)) }
            }
    }

    private static func isOfAName(_ character: Character) -> Bool {
        character.isASCII && (character.isLetter || character.isNumber || character == "_")
    }
}

extension SnowflakeBridge: Confidential {}
