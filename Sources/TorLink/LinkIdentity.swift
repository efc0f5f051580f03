import TorDocuments

/// Both identities of a relay that proved, on a live connection, that it has them.
///
/// Only ``UncheckedCertificates/verified(as:over:at:)`` makes one.
public struct LinkIdentity: Hashable, Sendable {
    public let fingerprint: Fingerprint
    public let ed25519: Ed25519Identity
}
