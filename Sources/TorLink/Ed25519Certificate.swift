import TorDocuments

/// One of Tor's Ed25519 certificates in due form, not yet checked (cert-spec, "Ed25519 Certificates").
struct Ed25519Certificate: Hashable, Sendable {
    private static let signatureLength = 64
    private static let signedWithKey: UInt8 = 4
    private static let affectsValidation: UInt8 = 1

    /// What is certified: a key or a digest, 32 bytes; the certificate's type says which.
    let content: [UInt8]
    /// The key that the certificate itself names as its signer.
    let signer: Ed25519Identity?
    private let expiryHours: UInt32
    private let signed: [UInt8]
    private let signature: [UInt8]

    /// - Parameter type: what the certificate must say of itself, the number under which it came.
    /// - Throws: `garbage`; `notSigned` for an extension that would matter and is not known here.
    init(parsing bytes: ArraySlice<UInt8>, ofType type: UInt8) throws(LinkError) {
        func garbage(_ reason: String) -> LinkError {
            LinkError(.garbage, .certificates, "a certificate of type \(type) that is none: \(reason)")
        }
        var reader = ByteReader(bytes)
        guard reader.byte() == 1 else { throw garbage("its version is not 1") }
        guard reader.byte() == type else { throw garbage("it says another type of itself") }
        guard let hours = reader.uint32(), let keyType = reader.byte(), let content = reader.take(32),
            let extensions = reader.byte()
        else { throw garbage("it ends too early") }
        // Older relays say 1, a key, also where a digest follows: the type of the certificate tells them apart.
        guard keyType == 1 || keyType == 3 && type == 5 else { throw garbage("an unknown type of key") }
        var signer: Ed25519Identity?
        for _ in 0..<extensions {
            guard let length = reader.uint16(), let kind = reader.byte(), let flags = reader.byte(),
                let data = reader.take(Int(length))
            else { throw garbage("an extension ends too early") }
            if kind == Self.signedWithKey {
                guard signer == nil, let key = Ed25519Identity(data) else { throw garbage("its signer is no key") }
                signer = key
            } else if flags & Self.affectsValidation != 0 {
                throw LinkError(.notSigned, .certificates, "a certificate of type \(type) has an unknown condition")
            }
        }
        signed = Array(bytes[..<reader.place])
        guard let signature = reader.take(Self.signatureLength), reader.isAtEnd else {
            throw garbage("its signature has another length")
        }
        self.signature = Array(signature)
        self.content = Array(content)
        self.signer = signer
        expiryHours = hours
    }

    /// - Throws: `notSigned`, `untimely`.
    func check(signedBy key: Ed25519Identity, as name: String, at time: UInt32) throws(LinkError) {
        guard signer == nil || signer == key, key.signed(signed, with: signature) else {
            throw LinkError(.notSigned, .certificates, "the signature of its \(name) is forged")
        }
        guard UInt64(expiryHours) * 3600 > UInt64(time) else {
            throw LinkError(.untimely, .certificates, "its \(name) expires before the time that it claims")
        }
    }
}
