import TorDocuments

/// The word of an RSA identity for an Ed25519 identity, not yet checked (cert-spec, "RSA→Ed25519 cross-certificate").
struct CrossCertificate: Hashable, Sendable {
    private static let prefix = Array("Tor TLS RSA/Ed25519 cross-certificate".utf8)

    private let identity: [UInt8]
    private let expiryHours: UInt32
    private let signed: [UInt8]
    private let signature: [UInt8]

    init(parsing bytes: ArraySlice<UInt8>) throws(LinkError) {
        var reader = ByteReader(bytes)
        guard let identity = reader.take(32), let hours = reader.uint32() else { throw Self.garbage }
        signed = Array(bytes[..<reader.place])
        guard let length = reader.byte(), let signature = reader.take(Int(length)), reader.isAtEnd else {
            throw Self.garbage
        }
        self.identity = Array(identity)
        self.signature = Array(signature)
        expiryHours = hours
    }

    /// - Throws: `notSigned`, `untimely`.
    func check(
        vouchedBy key: RSAPublicKey, for ed25519: Ed25519Identity, at time: UInt32
    ) throws(LinkError) {
        guard identity == ed25519.bytes else {
            throw LinkError(.notSigned, .certificates, "its RSA identity vouches for another Ed25519 identity")
        }
        guard key.signed(DigestAlgorithm.sha256.digest(of: (Self.prefix + signed).span), with: signature) else {
            throw LinkError(.notSigned, .certificates, "its RSA identity did not sign the Ed25519 identity")
        }
        guard UInt64(expiryHours) * 3600 > UInt64(time) else {
            throw LinkError(.untimely, .certificates, "its cross-certificate expires before the time that it claims")
        }
    }

    private static let garbage = LinkError(.garbage, .certificates, "a cross-certificate of another length")
}
