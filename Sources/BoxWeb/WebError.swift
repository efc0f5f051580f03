/// Why the pages cannot be served.
public struct WebError: Error, CustomStringConvertible, Sendable {
    public enum Kind: Sendable {
        /// A template or a catalogue is broken.
        case page
        /// The file of the first visit.
        case firstVisit
    }

    public let kind: Kind
    public let message: String

    init(_ kind: Kind, _ message: String) {
        self.kind = kind
        self.message = message
    }

    public var description: String { message }
}
