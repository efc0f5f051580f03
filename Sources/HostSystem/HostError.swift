import Glibc

/// A failure at the border to the operating system: what could not be done, where, and what to do.
public struct HostError: Error, Sendable, CustomStringConvertible {
    public enum Kind: Sendable, CaseIterable {
        case clock
        case command
        case file
        case interface
        case process
        case timeLimit
    }

    public var kind: Kind
    public var message: String

    public init(_ kind: Kind, _ message: String) {
        self.kind = kind
        self.message = message
    }

    /// The same with the reason that the C library left in `errno`.
    public init(_ kind: Kind, _ message: String, errno code: Int32) {
        self.init(kind, "\(message): \(String(cString: strerror(code)))")
    }

    public var description: String { message }
}
