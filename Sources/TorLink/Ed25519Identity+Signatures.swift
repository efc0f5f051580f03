import COpenSSL

extension Ed25519Identity {
    /// Tells whether the key made this signature over these bytes (RFC 8032, without context or prehash).
    func signed(_ bytes: [UInt8], with signature: [UInt8]) -> Bool {
        // Whatever fails below leaves its reasons in OpenSSL's queue of this thread, where others would find them.
        defer { ERR_clear_error() }
        guard let key = EVP_PKEY_new_raw_public_key(EVP_PKEY_ED25519, nil, self.bytes, self.bytes.count) else {
            return false
        }
        defer { EVP_PKEY_free(key) }
        guard let context = EVP_MD_CTX_new() else { return false }
        defer { EVP_MD_CTX_free(context) }
        return EVP_DigestVerifyInit(context, nil, nil, nil, key) == 1
            && EVP_DigestVerify(context, signature, signature.count, bytes, bytes.count) == 1
    }
}
