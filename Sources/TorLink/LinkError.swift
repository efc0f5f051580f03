/// Why a relay's time was not taken: which relay, at which step, and what is wrong.
///
/// A message never quotes what the relay sent, which may be anything.
public struct LinkError: Error, Hashable, Sendable, CustomStringConvertible {
    public enum Kind: String, Sendable, CaseIterable, Codable {
        /// No TCP connection: refused, no route, no answer.
        case unreachable
        /// It fell silent, or took too long in all.
        case stalled
        /// It ended the connection before all was said.
        case closed
        /// What came is not TLS, or not in the form that tor-spec demands.
        case garbage
        /// A cell out of its turn, or twice.
        case disordered
        /// More bytes or cells than an honest relay sends.
        case oversized
        /// It speaks no version of the link protocol that this program speaks.
        case incompatible
        /// Whoever answers is another relay than the one asked for.
        case wrongIdentity
        /// A signature is missing or forged, or the TLS connection is not with the relay that signed.
        case notSigned
        /// A certificate is not valid at the time that the relay itself claims.
        case untimely
        /// The relay says no time.
        case noTime
        /// This machine lacks what is needed: memory, sockets, OpenSSL.
        case machine
    }

    public var kind: Kind
    /// What was waited for.
    public var step: LinkStep
    public var message: String

    public init(_ kind: Kind, _ step: LinkStep, _ message: String) {
        self.kind = kind
        self.step = step
        self.message = message
    }

    public var description: String { message }
}
