/// Why something is refused, as a word with what it names, for whoever says it in another language than torboxd.
///
/// It holds nothing that was given in confidence.
public struct Reason: Codable, Hashable, Sendable {
    public enum Code: String, Codable, CaseIterable, Sendable {
        // Of a line that an owner pastes.
        case lineEmpty, lineTooLong, lineCharacter
        case snowflakeWord, snowflakePart, bridgeKind, bridgeAddress, bridgeFingerprint, bridgeObfs4, bridgeSurplus
        case bridgeTwice, bridgeInHouse, bridgeOffPorts, bridgeBesideCountries
        case torNoOption, torOption, torOptionTwice
        case torWords, torNumber, torDuration, torRelays, torHosts, torPorts
        case proxyInHouse, proxyHalfLogin, proxyLoginSigns
        // Of a backup.
        case passphraseLine, backupTooLong, backupUnopened, backupEmpty, backupNewer, backupIncomplete
        // Of the owner's time.
        case timeConfirmed, timeOutOfBounds, timeBusy
    }

    public var code: Code
    /// What the sentence names, in its order.
    public var details: [String]

    public init(_ code: Code, _ details: String...) {
        (self.code, self.details) = (code, details)
    }
}
