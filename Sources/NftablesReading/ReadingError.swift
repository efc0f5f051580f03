/// A listing that cannot be read, or a question that it does not answer for certain.
public struct ReadingError: Error, Sendable, CustomStringConvertible {
    public enum Kind: Sendable, CaseIterable {
        case malformed
        case cannotSay
    }

    public var kind: Kind
    public var message: String

    public init(_ kind: Kind, _ message: String) {
        self.kind = kind
        self.message = message
    }

    public var description: String { message }
}
