import NetAddress

/// A bridge as somebody hands it out: a way into the Tor network that no list names.
///
/// It is given in confidence, and knowing it tells who uses it: printing it shows nothing of it.
public struct BridgeLine: Hashable, Sendable {
    /// What the bridge's connections look like from outside.
    public enum Transport: Hashable, Sendable {
        /// Like those of any relay.
        case plain
        /// Like nothing, by obfs4proxy. The certificate has 70 characters of base64, the mode is 0...2.
        case obfs4(certificate: String, iatMode: Int)
        /// Like a video call with a stranger, by snowflake-client; the line's address is nobody's then.
        case snowflake(SnowflakeBridge)
    }

    public let transport: Transport
    /// The one place that is connected to; for snowflake a mere name, by which tor tells bridges apart.
    public let endpoint: Endpoint
    /// 40 upper-case hexadecimal digits.
    public let fingerprint: String

    /// The longest text that is read, in bytes.
    static let lengthLimit = 700

    /// Reads one line as people paste it, with or without the word `Bridge`: `ADDRESS:PORT FINGERPRINT`,
    /// `obfs4 ADDRESS:PORT FINGERPRINT cert=… iat-mode=…` or `snowflake ADDRESS:PORT FINGERPRINT url=… ice=…`, IPv6 in
    /// brackets.
    ///
    /// - Throws: ``BridgeLineError`` where any part is missing, malformed, repeated or unknown.
    public init(_ text: some StringProtocol) throws(BridgeLineError) {
        guard text.utf8.count <= Self.lengthLimit else { throw BridgeLineError(.tooLong) }
        guard text.utf8.allSatisfy(Self.isAllowed) else { throw BridgeLineError(.character) }
        var words = text.split { $0 == " " || $0 == "\t" }.map { String($0) }[...]
        if words.first?.lowercased() == "bridge" { words.removeFirst() }
        guard let first = words.first else { throw BridgeLineError(.empty) }

        let kind = try Self.kind(first)
        if kind != .plain { words.removeFirst() }
        guard let endpoint = words.popFirst().flatMap({ Endpoint($0) }), endpoint.isReachable else {
            throw BridgeLineError(.address)
        }
        // Without it tor would take whoever answers there for the bridge.
        guard let digits = words.popFirst(), digits.utf8.count == 40, digits.allSatisfy(\.isHexDigit) else {
            throw BridgeLineError(.fingerprint)
        }
        self.endpoint = endpoint
        fingerprint = digits.uppercased()
        switch kind {
        case .plain:
            guard words.isEmpty else { throw BridgeLineError(.surplus) }
            transport = .plain
        case .obfs4: transport = try Self.obfs4(words)
        case .snowflake: transport = .snowflake(try SnowflakeBridge(words, of: fingerprint))
        }
    }

    /// Whether it is met by snowflake's program, rather than at its address.
    public var isSnowflake: Bool {
        switch transport {
        case .snowflake: true
        case .plain, .obfs4: false
        }
    }

    /// What follows `Bridge` in torrc (tor(1)), made of the parts read; for tor alone, never for a log.
    public var revealed: String {
        switch transport {
        case .plain: "\(endpoint) \(fingerprint)"
        case .obfs4(let certificate, let iatMode):
            "obfs4 \(endpoint) \(fingerprint) cert=\(certificate) iat-mode=\(iatMode)"
        case .snowflake(let bridge):
            (["snowflake", "\(endpoint)", fingerprint] + bridge.arguments(fingerprint)).joined(separator: " ")
        }
    }

    private enum Kind {
        case plain, obfs4, snowflake
    }

    /// What the first word names; the address of a plain bridge names nothing.
    private static func kind(_ word: String) throws(BridgeLineError) -> Kind {
        switch word.lowercased() {
        case "obfs4": return .obfs4
        case "snowflake": return .snowflake
        case let other where other.first?.isLetter == true && !other.contains(".") && !other.contains(":"):
            throw BridgeLineError(.transport)
        default: return .plain
        }
    }

    private static func obfs4(_ words: ArraySlice<String>) throws(BridgeLineError) -> Transport {
        var certificate: String?
        var iatMode: Int?
        for word in words {
            let parts = word.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map { String($0) }
            guard parts.count == 2 else { throw BridgeLineError(.obfs4) }
            switch parts[0] {
            // 52 bytes: the bridge's identity and its key, in base64 without the padding.
            case "cert" where certificate == nil && parts[1].utf8.count == 70 && parts[1].allSatisfy(isBase64):
                certificate = parts[1]
            case "iat-mode" where iatMode == nil && ["0", "1", "2"].contains(parts[1]):
                iatMode = Int(parts[1])
            default:
                throw BridgeLineError(.obfs4)
            }
        }
        guard let certificate, let iatMode else { throw BridgeLineError(.obfs4) }
        return .obfs4(certificate: certificate, iatMode: iatMode)
    }

    /// Letters, digits and what addresses, base64 and arguments need: nothing that means something else in torrc.
    private static func isAllowed(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"):
            true
        default: " \t.,:;[]=+/-_$@".utf8.contains(byte)
        }
    }

    private static func isBase64(_ character: Character) -> Bool {
        character.isASCII && (character.isLetter || character.isNumber || character == "+" || character == "/")
    }
}

extension BridgeLine: Confidential {}
