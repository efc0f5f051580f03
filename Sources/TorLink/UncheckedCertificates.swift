import TorDocuments

/// The certificates of a CERTS cell in due form, of which nobody knows yet whose they are (tor-spec, "CERTS cells").
public struct UncheckedCertificates: Sendable {
    /// The numbers of tor-spec. Others, among them the links of RSA alone, are no longer needed and passed by.
    private enum Kind: UInt8 {
        case rsaIdentity = 2
        case signingKey = 4
        case tlsLink = 5
        case crossCertificate = 7
    }

    private let rsaIdentity: RSAIdentityCertificate
    private let signingKey: Ed25519Certificate
    private let tlsLink: Ed25519Certificate
    private let crossCertificate: CrossCertificate

    /// Reads the body of a CERTS cell; octets after the last certificate are ignored.
    ///
    /// - Throws: `garbage`; `notSigned` where one of the four certificates that are needed is missing.
    public init(parsing body: ArraySlice<UInt8>) throws(LinkError) {
        var reader = ByteReader(body)
        guard let count = reader.byte() else { throw Self.garbage("it is empty") }
        var found: [UInt8: ArraySlice<UInt8>] = [:]
        for _ in 0..<count {
            guard let number = reader.byte(), let length = reader.uint16(), let content = reader.take(Int(length))
            else {
                throw Self.garbage("it ends too early")
            }
            guard found.updateValue(content, forKey: number) == nil else {
                throw Self.garbage("two certificates of type \(number)")
            }
        }
        func content(_ kind: Kind) throws(LinkError) -> ArraySlice<UInt8> {
            guard let content = found[kind.rawValue] else {
                throw LinkError(.notSigned, .certificates, "it shows no certificate of type \(kind.rawValue)")
            }
            return content
        }
        rsaIdentity = RSAIdentityCertificate(der: Array(try content(.rsaIdentity)))
        signingKey = try Ed25519Certificate(parsing: try content(.signingKey), ofType: Kind.signingKey.rawValue)
        tlsLink = try Ed25519Certificate(parsing: try content(.tlsLink), ofType: Kind.tlsLink.rawValue)
        crossCertificate = try CrossCertificate(parsing: try content(.crossCertificate))
    }

    /// Gives the relay's identities if all holds together, from the pin to the key of the live TLS connection.
    ///
    /// The pinned RSA key signs the Ed25519 identity, this signs a signing key, and that one the TLS certificate. So
    /// whoever passes on the cells of another relay is found out, since he has a TLS key of his own.
    ///
    /// - Parameters:
    ///   - tlsCertificate: in DER form, as the other end of the live connection showed it.
    ///   - time: at which the certificates must be valid, in seconds since 1970.
    /// - Throws: `wrongIdentity`, `notSigned`, `untimely`, `garbage`.
    public func verified(
        as pin: RelayPin, over tlsCertificate: [UInt8], at time: UInt32
    ) throws(LinkError) -> LinkIdentity {
        guard let identity = signingKey.signer else {
            throw LinkError(.notSigned, .certificates, "its signing key does not say whose it is")
        }
        // The pins come first: no key of a stranger is handed to the code that computes with keys.
        if let pinned = pin.ed25519, pinned != identity {
            throw LinkError(.wrongIdentity, .certificates, "another relay answers, with another Ed25519 identity")
        }
        let rsaKey = try rsaIdentity.key(pinnedBy: pin.fingerprint, at: time)
        try crossCertificate.check(vouchedBy: rsaKey, for: identity, at: time)
        try signingKey.check(signedBy: identity, as: "signing key", at: time)
        guard let signer = Ed25519Identity(signingKey.content) else { throw Self.garbage("a key that is none") }
        try tlsLink.check(signedBy: signer, as: "TLS link", at: time)
        guard tlsLink.content == DigestAlgorithm.sha256.digest(of: tlsCertificate.span) else {
            throw LinkError(
                .notSigned, .certificates, "the TLS connection is with somebody else, who passes on what the relay says"
            )
        }
        return LinkIdentity(fingerprint: pin.fingerprint, ed25519: identity)
    }

    private static func garbage(_ reason: String) -> LinkError {
        LinkError(.garbage, .certificates, "a CERTS cell that is none: \(reason)")
    }
}
