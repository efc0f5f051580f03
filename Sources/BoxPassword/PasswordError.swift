/// Why a password cannot be kept, or the one that is kept not be read.
public struct PasswordError: Error, CustomStringConvertible, Sendable {
    public enum Kind: Sendable {
        case file
        case hash
    }

    public let kind: Kind
    public let message: String

    init(_ kind: Kind, _ message: String) {
        self.kind = kind
        self.message = message
    }

    public var description: String { message }
}
