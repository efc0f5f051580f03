/// Why a directory document was refused: which document, where in it, and what is wrong.
///
/// A message never quotes the document, which may hold anything.
public struct DocumentError: Error, Hashable, Sendable, CustomStringConvertible {
    public enum Kind: Sendable, CaseIterable {
        /// It is not in the form that dir-spec demands.
        case malformed
        /// Too large or too long to be a document of the Tor network.
        case oversized
        /// It is not signed by those who must sign it.
        case untrusted
        /// It is not valid at the time it was judged.
        case untimely
    }

    public var kind: Kind
    public var message: String

    public init(_ kind: Kind, _ message: String) {
        self.kind = kind
        self.message = message
    }

    public var description: String { message }
}
