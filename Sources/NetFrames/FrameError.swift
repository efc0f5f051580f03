import Glibc

/// Why bytes are no frame, a file is no capture, or a socket does not work.
public struct FrameError: Error, Sendable, Hashable, CustomStringConvertible {
    public enum Kind: Sendable, CaseIterable {
        /// The bytes end before a header or a length that they announce.
        case truncated
        /// A header contradicts itself.
        case malformed
        /// A capture file cannot be read to its end.
        case capture
        /// A packet socket or a network namespace refuses to work.
        case socket
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
