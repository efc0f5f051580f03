/// A failure of the packet filter; nothing was changed.
public struct NftablesError: Error, Sendable, CustomStringConvertible {
    public enum Kind: Sendable, CaseIterable {
        case setUp
        case refused
    }

    public var kind: Kind
    public var message: String

    public init(_ kind: Kind, _ message: String) {
        self.kind = kind
        self.message = message
    }

    public var description: String { message }
}
