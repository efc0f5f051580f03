/// Why a line is no bridge that the box can use; it holds nothing of the line.
public struct BridgeLineError: ExplainedRefusal, Sendable, Equatable {
    public enum Kind: Sendable, CaseIterable {
        case empty, tooLong, character, snowflake, transport, address, fingerprint, obfs4, surplus
    }

    public let kind: Kind

    init(_ kind: Kind) {
        self.kind = kind
    }

    public var found: String {
        switch kind {
        case .empty: "an empty line"
        case .tooLong: "a line of more than \(BridgeLine.lengthLimit) bytes"
        case .character: "a line with a character that no bridge line has, such as a line break, quote, # or backslash"
        case .snowflake: "a snowflake bridge; it needs HTTPS to brokers, UDP and names, which the airlock refuses"
        case .transport: "a kind of bridge that this box does not know"
        case .address: "a line without a usable address and port (names are not looked up)"
        case .fingerprint: "a line without a fingerprint of 40 hexadecimal digits after the address"
        case .obfs4: "an obfs4 bridge without exactly one complete cert= and one iat-mode= after the fingerprint"
        case .surplus: "a plain bridge with something after the fingerprint"
        }
    }

    public var remedy: String {
        switch kind {
        case .empty, .tooLong, .character: "one bridge in each text, as it was given"
        case .snowflake, .transport: "an obfs4 or a plain bridge; ask for one of these"
        case .address: "an IPv4 address or an IPv6 address in brackets, with a port, such as 192.0.2.3:443"
        case .fingerprint, .obfs4, .surplus: "the whole line as it was given; copy it again"
        }
    }

    public var reason: Reason {
        switch kind {
        case .empty: Reason(.lineEmpty)
        case .tooLong: Reason(.lineTooLong, "\(BridgeLine.lengthLimit)")
        case .character: Reason(.lineCharacter)
        case .snowflake: Reason(.bridgeSnowflake)
        case .transport: Reason(.bridgeKind)
        case .address: Reason(.bridgeAddress)
        case .fingerprint: Reason(.bridgeFingerprint)
        case .obfs4: Reason(.bridgeObfs4)
        case .surplus: Reason(.bridgeSurplus)
        }
    }
}
