/// A failure while talking to tor: what could not be done, why, and what to do about it.
public struct ControlError: Error, Hashable, Sendable, CustomStringConvertible {
    public enum Kind: Hashable, Sendable, CaseIterable {
        /// No connection: no socket, nobody listening, no right to open it.
        case unreachable
        /// The cookie cannot be read, tor refused it, or the other side could not prove that it knows it.
        case authentication
        /// Tor understood and said no (control-spec 4, codes 4yz and 5yz); ``ControlError/code`` holds its number.
        case refused
        /// The bytes that arrived are not what control-spec allows.
        case malformed
        /// The connection ended before the answer came.
        case closed
        /// No answer within the limit.
        case timeLimit
        /// A value that cannot be written as a command; nothing was sent.
        case argument
    }

    public var kind: Kind
    /// Plain words; holds no address of a client or destination.
    public var message: String
    /// The status code of tor's answer, where tor answered.
    public var code: Int?

    public init(_ kind: Kind, _ message: String, code: Int? = nil) {
        self.kind = kind
        self.message = message
        self.code = code
    }

    public var description: String { message }
}
