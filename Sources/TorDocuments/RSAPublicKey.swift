import COpenSSL

/// An RSA public key in PKCS#1 DER form, as directory documents and link certificates carry it.
public struct RSAPublicKey: Hashable, Sendable {
    let der: [UInt8]
    public let fingerprint: Fingerprint

    public init(der: [UInt8]) {
        self.der = der
        fingerprint = Fingerprint(ofKey: der)
    }

    /// Tells whether the key made this signature over this digest.
    ///
    /// Tor signs the bare digest in PKCS#1 v1.5 padding, without the DigestInfo that names the algorithm, so OpenSSL
    /// gives back what was signed and the comparison happens here. It is exact in length too: bytes allowed after the
    /// digest would let anybody forge signatures of keys with a small exponent.
    ///
    /// - Returns: false also for a key that is none, or is outside 1024...16384 bits.
    public func signed(_ digest: [UInt8], with signature: [UInt8]) -> Bool {
        recovered(from: signature) == digest
    }

    private func recovered(from signature: [UInt8]) -> [UInt8]? {
        // Whatever fails below leaves its reasons in OpenSSL's queue of this thread, where others would find them.
        defer { ERR_clear_error() }
        guard let key = parsed() else { return nil }
        defer { EVP_PKEY_free(key) }
        guard (1024...16384).contains(EVP_PKEY_get_bits(key)), let context = EVP_PKEY_CTX_new(key, nil) else {
            return nil
        }
        defer { EVP_PKEY_CTX_free(context) }
        guard EVP_PKEY_verify_recover_init(context) == 1,
            EVP_PKEY_CTX_set_rsa_padding(context, RSA_PKCS1_PADDING) == 1
        else { return nil }
        var length = Int(EVP_PKEY_get_size(key))
        var content = [UInt8](repeating: 0, count: length)
        guard EVP_PKEY_verify_recover(context, &content, &length, signature, signature.count) == 1 else { return nil }
        return Array(content.prefix(length))
    }

    private func parsed() -> OpaquePointer? {
        der.withUnsafeBufferPointer { der in
            var rest = der.baseAddress
            guard let key = d2i_PublicKey(EVP_PKEY_RSA, nil, &rest, der.count) else { return nil }
            if rest == der.baseAddress.map({ $0 + der.count }) { return key }
            EVP_PKEY_free(key)
            return nil
        }
    }
}
