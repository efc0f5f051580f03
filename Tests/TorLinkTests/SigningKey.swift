import COpenSSL

/// A fresh key pair of OpenSSL's, for a relay of the tests' own.
final class SigningKey {
    enum Kind { case ed25519, rsa1024, rsa2048 }

    private let kind: Kind
    private let key: OpaquePointer

    init(_ kind: Kind) {
        self.kind = kind
        let isRSA = kind != .ed25519
        let context = EVP_PKEY_CTX_new_id(isRSA ? EVP_PKEY_RSA : EVP_PKEY_ED25519, nil)!
        defer { EVP_PKEY_CTX_free(context) }
        precondition(EVP_PKEY_keygen_init(context) == 1)
        if isRSA { precondition(EVP_PKEY_CTX_set_rsa_keygen_bits(context, kind == .rsa1024 ? 1024 : 2048) == 1) }
        var key: OpaquePointer?
        precondition(EVP_PKEY_generate(context, &key) == 1)
        self.key = key!
    }

    deinit {
        EVP_PKEY_free(key)
    }

    /// 32 bytes for Ed25519, PKCS#1 in DER for RSA.
    var publicBytes: [UInt8] {
        switch kind {
        case .ed25519:
            var (bytes, count) = ([UInt8](repeating: 0, count: 32), 32)
            precondition(EVP_PKEY_get_raw_public_key(key, &bytes, &count) == 1)
            return bytes
        case .rsa1024, .rsa2048:
            var start: UnsafeMutablePointer<UInt8>?
            let count = i2d_PublicKey(key, &start)
            defer { CRYPTO_free(start, #file, #line) }
            return Array(UnsafeBufferPointer(start: start, count: Int(count)))
        }
    }

    /// Over the bytes as they are: Ed25519.
    func signature(of bytes: [UInt8]) -> [UInt8] {
        let context = EVP_MD_CTX_new()!
        defer { EVP_MD_CTX_free(context) }
        precondition(EVP_DigestSignInit(context, nil, nil, nil, key) == 1)
        var (signature, count) = ([UInt8](repeating: 0, count: 64), 64)
        precondition(EVP_DigestSign(context, &signature, &count, bytes, bytes.count) == 1)
        return signature
    }

    /// Over a bare digest, in PKCS#1 v1.5 padding: RSA as tor signs.
    func rawSignature(of digest: [UInt8]) -> [UInt8] {
        let context = EVP_PKEY_CTX_new(key, nil)!
        defer { EVP_PKEY_CTX_free(context) }
        precondition(EVP_PKEY_sign_init(context) == 1)
        precondition(EVP_PKEY_CTX_set_rsa_padding(context, RSA_PKCS1_PADDING) == 1)
        var count = Int(EVP_PKEY_get_size(key))
        var signature = [UInt8](repeating: 0, count: count)
        precondition(EVP_PKEY_sign(context, &signature, &count, digest, digest.count) == 1)
        return Array(signature.prefix(count))
    }

    /// In X.509, DER; signed by another key where one is given.
    func selfSignedCertificate(valid: ClosedRange<Int>, signedBy other: SigningKey? = nil) -> [UInt8] {
        let certificate = X509_new()!
        defer { X509_free(certificate) }
        precondition(X509_set_version(certificate, 2) == 1)
        ASN1_INTEGER_set(X509_get_serialNumber(certificate), 7)
        ASN1_TIME_set(X509_getm_notBefore(certificate), valid.lowerBound)
        ASN1_TIME_set(X509_getm_notAfter(certificate), valid.upperBound)
        precondition(X509_set_pubkey(certificate, key) == 1)
        precondition(X509_sign(certificate, other?.key ?? key, EVP_sha256()) > 0)
        var start: UnsafeMutablePointer<UInt8>?
        let count = i2d_X509(certificate, &start)
        defer { CRYPTO_free(start, #file, #line) }
        return Array(UnsafeBufferPointer(start: start, count: Int(count)))
    }
}
