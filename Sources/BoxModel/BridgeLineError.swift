/// Why a line is no bridge that the box can use; it holds nothing of the line.
public struct BridgeLineError: ExplainedRefusal, Sendable, Equatable {
    public enum Kind: Sendable, CaseIterable {
        case empty, tooLong, character, transport, address, fingerprint, obfs4, surplus
        case snowflakeKey, snowflakeFingerprint, snowflakeBroker, snowflakeFronts, snowflakeCache, snowflakeServers
        case snowflakeImitated
    }

    public let kind: Kind

    init(_ kind: Kind) {
        self.kind = kind
    }

    public var found: String {
        switch kind {
        case .empty: "an empty line"
        case .tooLong:
            "a line of more than \(BridgeLine.lengthLimit) bytes, or of more than \(SnowflakeBridge.lengthLimit) after a "
                + "snowflake bridge's fingerprint"
        case .character: "a line with a character that no bridge line has, such as a line break, quote, # or backslash"
        case .transport: "a kind of bridge that this box does not know"
        case .address: "a line without a usable address and port (names are not looked up)"
        case .fingerprint: "a line without a fingerprint of 40 hexadecimal digits after the address"
        case .obfs4: "an obfs4 bridge without exactly one complete cert= and one iat-mode= after the fingerprint"
        case .surplus: "a plain bridge with something after the fingerprint"
        case .snowflakeKey:
            "a snowflake bridge with something twice, or with something else than fingerprint=, url=, front=, fronts=, "
                + "ampcache=, ice= and utls-imitate="
        case .snowflakeFingerprint: "a snowflake bridge whose fingerprint= is another one than before it"
        case .snowflakeBroker:
            "a snowflake bridge without a usable url=, the https:// address of its broker on port 443"
        case .snowflakeFronts: "a snowflake bridge with an unusable front= or fronts=, or with both"
        case .snowflakeCache: "a snowflake bridge whose ampcache= is no https:// address on port 443"
        case .snowflakeServers:
            "a snowflake bridge without a usable ice=, a list of 1 to 20 servers such as stun:HOST:PORT"
        case .snowflakeImitated: "a snowflake bridge whose utls-imitate= is no word of letters and digits"
        }
    }

    public var remedy: String {
        switch kind {
        case .empty, .tooLong, .character: "one bridge in each text, as it was given"
        case .transport: "an obfs4, a snowflake or a plain bridge; ask for one of these"
        case .address: "an IPv4 address or an IPv6 address in brackets, with a port, such as 192.0.2.3:443"
        case .fingerprint, .obfs4, .surplus, .snowflakeKey, .snowflakeFingerprint, .snowflakeBroker, .snowflakeFronts,
            .snowflakeCache, .snowflakeServers, .snowflakeImitated:
            "the whole line as it was given; copy it again"
        }
    }

    public var reason: Reason {
        switch kind {
        case .empty: Reason(.lineEmpty)
        case .tooLong: Reason(.lineTooLong, "\(BridgeLine.lengthLimit)")
        case .character: Reason(.lineCharacter)
        case .transport: Reason(.bridgeKind)
        case .address: Reason(.bridgeAddress)
        case .fingerprint: Reason(.bridgeFingerprint)
        case .obfs4: Reason(.bridgeObfs4)
        case .surplus: Reason(.bridgeSurplus)
        case .snowflakeKey: Reason(.snowflakeWord)
        case .snowflakeFingerprint: Reason(.snowflakePart, "fingerprint=")
        case .snowflakeBroker: Reason(.snowflakePart, "url=")
        case .snowflakeFronts: Reason(.snowflakePart, "fronts=")
        case .snowflakeCache: Reason(.snowflakePart, "ampcache=")
        case .snowflakeServers: Reason(.snowflakePart, "ice=")
        case .snowflakeImitated: Reason(.snowflakePart, "utls-imitate=")
        }
    }
}
