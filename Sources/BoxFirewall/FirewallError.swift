/// The kernel does not hold the ruleset that was meant.
public struct FirewallError: Error, Sendable, CustomStringConvertible {
    public enum Kind: Sendable, CaseIterable {
        case notLoaded
        case differs
    }

    public var kind: Kind
    public var message: String

    public init(_ kind: Kind, _ message: String) {
        self.kind = kind
        self.message = message
    }

    public var description: String { message }
}
