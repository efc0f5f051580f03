import TorDocuments

/// What is known of a relay before it is asked: no other relay can pass for it.
public struct RelayPin: Hashable, Sendable {
    /// The digest of its RSA identity key, as lists of fallback directories and consensuses have it.
    public let fingerprint: Fingerprint
    /// Its Ed25519 identity where that is known too; otherwise the RSA identity vouches for whichever it shows.
    public let ed25519: Ed25519Identity?

    public init(_ fingerprint: Fingerprint, ed25519: Ed25519Identity? = nil) {
        self.fingerprint = fingerprint
        self.ed25519 = ed25519
    }
}
