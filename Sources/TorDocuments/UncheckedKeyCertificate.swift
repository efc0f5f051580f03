/// A key certificate in due form of which nobody knows yet who made it (dir-spec 3.1).
public struct UncheckedKeyCertificate: Sendable {
    /// The largest file of certificates that is looked at: a hundred times what tor stores.
    public static let largestDocument = 4 << 20
    private static let mostCertificates = 1000

    /// The v3 identity of the authority that is said to have made it.
    public let claimedIdentity: Fingerprint
    let identityKey: [UInt8]
    let signingKey: [UInt8]
    let published: UnixTime
    let expires: UnixTime
    private let crossSignature: [UInt8]
    private let certification: [UInt8]
    /// The digest of the bytes that the certification is about.
    private let digest: [UInt8]

    /// Reads certificates that follow each other, as tor stores them in `cached-certs`.
    ///
    /// - Throws: `malformed` with the line and what is wrong with it, or `oversized`. One bad certificate refuses all.
    public static func parsing(_ document: [UInt8]) throws(DocumentError) -> [UncheckedKeyCertificate] {
        var lines = try LineReader("key certificates", document.span, atMost: largestDocument)
        var certificates: [UncheckedKeyCertificate] = []
        while let certificate = try UncheckedKeyCertificate(next: &lines, of: document.span) {
            guard certificates.count < mostCertificates else {
                throw DocumentError(.oversized, "key certificates: more than \(mostCertificates)")
            }
            certificates.append(certificate)
        }
        return certificates
    }

    /// Reads the next certificate; `nil` at the end of the document.
    private init?(next lines: inout LineReader, of document: Span<UInt8>) throws(DocumentError) {
        guard let first = try lines.item(of: document) else { return nil }
        guard first.keyword == "dir-key-certificate-version", first.arguments.first == "3" else {
            throw lines.malformed("no key certificate of version 3 begins here")
        }
        let start = lines.start
        var identity: Fingerprint?
        var identityKey: [UInt8]?
        var signingKey: [UInt8]?
        var published: UnixTime?
        var expires: UnixTime?
        var crossSignature: [UInt8]?

        func set<Value>(_ place: inout Value?, _ value: Value?) throws(DocumentError) {
            guard let value else { throw lines.malformed("an item whose value is not what it must be") }
            guard place == nil else { throw lines.malformed("an item twice") }
            place = value
        }
        while let item = try lines.item(of: document) {
            switch item.keyword {
            case "fingerprint": try set(&identity, item.arguments.first.flatMap { Fingerprint(hexadecimal: $0) })
            case "dir-identity-key": try set(&identityKey, lines.object("RSA PUBLIC KEY", in: document))
            case "dir-signing-key": try set(&signingKey, lines.object("RSA PUBLIC KEY", in: document))
            case "dir-key-published": try set(&published, item.time)
            case "dir-key-expires": try set(&expires, item.time)
            case "dir-key-crosscert":
                try set(&crossSignature, lines.object("ID SIGNATURE", "SIGNATURE", in: document))
            case "dir-key-certificate-version": throw lines.malformed("a certificate begins before the last one ended")
            case "dir-key-certification":
                guard let identity, let identityKey, let signingKey, let published, let expires, let crossSignature
                else { throw lines.malformed("the certificate that ends here lacks an item") }
                guard published < expires else {
                    throw lines.malformed("the dates of a certificate contradict each other")
                }
                claimedIdentity = identity
                self.identityKey = identityKey
                self.signingKey = signingKey
                self.published = published
                self.expires = expires
                self.crossSignature = crossSignature
                digest = DigestAlgorithm.sha1.digest(of: document.extracting(start..<lines.next))
                certification = try lines.object("SIGNATURE", in: document)
                return
            default: break
            }
        }
        throw lines.malformed("the last certificate ends too early: truncated")
    }

    /// Gives the certificate if a known authority made it: the chain from the known digest to the signing key holds.
    ///
    /// No key is handed to the RSA code before something trusted vouches for it.
    /// - Throws: `untrusted`.
    public func verified(by authorities: Authorities) throws(DocumentError) -> KeyCertificate {
        guard authorities.identities.contains(claimedIdentity) else { throw refused("of no known authority") }
        let authority = RSAPublicKey(der: identityKey)
        guard authority.fingerprint == claimedIdentity else {
            throw refused("its identity key has another fingerprint")
        }
        guard authority.signed(digest, with: certification) else { throw refused("its certification is forged") }
        let key = RSAPublicKey(der: signingKey)
        guard key.signed(DigestAlgorithm.sha1.digest(of: identityKey.span), with: crossSignature) else {
            throw refused("its signing key did not sign the identity key")
        }
        return KeyCertificate(identity: claimedIdentity, published: published, expires: expires, key: key)
    }

    private func refused(_ reason: String) -> DocumentError {
        DocumentError(.untrusted, "key certificate of \(claimedIdentity): \(reason)")
    }
}
