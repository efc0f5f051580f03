/// What a known authority says of its signing key; there is no way to make one but by verifying.
public struct KeyCertificate: Hashable, Sendable {
    /// The authority's v3 identity.
    public let identity: Fingerprint
    public let published: UnixTime
    public let expires: UnixTime
    private let key: RSAPublicKey

    init(identity: Fingerprint, published: UnixTime, expires: UnixTime, key: RSAPublicKey) {
        self.identity = identity
        self.published = published
        self.expires = expires
        self.key = key
    }

    /// The fingerprint of the key with which the authority signs consensuses.
    public var signingKey: Fingerprint { key.fingerprint }

    /// The certificates of known authorities in a file such as tor's `cached-certs`; those of others are left out.
    ///
    /// - Throws: `malformed`, `oversized`, or `untrusted` where one names a known authority that did not make it.
    public static func verified(
        in document: [UInt8], by authorities: Authorities
    ) throws(DocumentError) -> [KeyCertificate] {
        var certificates: [KeyCertificate] = []
        for unchecked in try UncheckedKeyCertificate.parsing(document)
        where authorities.identities.contains(unchecked.claimedIdentity) {
            certificates.append(try unchecked.verified(by: authorities))
        }
        return certificates
    }

    /// Tells whether the certificate may be used at that moment: from its publication until before it expires.
    public func isValid(at now: UnixTime) -> Bool {
        published <= now && now < expires
    }

    func signed(_ digest: [UInt8], with signature: [UInt8]) -> Bool {
        key.signed(digest, with: signature)
    }
}
