/// Why a password or a passphrase protects nothing.
public enum PassphraseWeakness: String, CaseIterable, Error, Sendable {
    case tooShort, tooLong, oneCharacter, common

    /// In characters. Long is what makes a password strong; nothing else is demanded.
    public static let shortest = 10
    /// In bytes; crypt(3) takes 511.
    public static let longest = 256

    /// - Returns: `nil` where it may be used.
    public init?(of password: String) {
        if password.count < Self.shortest {
            self = .tooShort
        } else if password.utf8.count > Self.longest || password.utf8.contains(0) {
            self = .tooLong
        } else if Set(password).count < 4 {
            self = .oneCharacter
        } else if Self.isCommon(password) {
            self = .common
        } else {
            return nil
        }
    }

    private static func isCommon(_ password: String) -> Bool {
        let plain = password.lowercased().filter { $0.isLetter || $0.isNumber }
        return commonBeginnings.contains { plain.hasPrefix($0) && plain.count <= $0.count + 4 }
    }

    /// Beginnings of passwords that every guessing program tries first.
    private static let commonBeginnings = [
        "password", "motdepasse", "passwort", "12345678", "0123456789", "azertyuiop", "qwertyuiop", "torbox",
        "iloveyou",
        "abcdefghij", "letmein", "administrator", "changeme",
    ]
}

extension PassphraseWeakness: CustomStringConvertible {
    public var description: String {
        switch self {
        case .tooShort: "too short; take at least \(Self.shortest) characters, best four or five words"
        case .tooLong: "too long; take at most \(Self.longest) letters"
        case .oneCharacter: "the same few characters again and again; take words instead"
        case .common: "among the first that anybody would try; take words that have nothing to do with each other"
        }
    }
}
