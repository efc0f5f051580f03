/// Why the pages cannot be served.
public struct WebError: Error, CustomStringConvertible, Sendable {
    public enum Kind: Sendable {
        /// A template or a catalogue is broken.
        case page
        case password
        /// The file of the owner's password.
        case owner
    }

    public let kind: Kind
    public let message: String

    init(_ kind: Kind, _ message: String) {
        self.kind = kind
        self.message = message
    }

    public var description: String { message }
}
