import COpenSSL

/// The two digests of Tor's documents and certificates.
public enum DigestAlgorithm: String, Sendable {
    case sha1
    case sha256

    /// Returns the 20 or 32 bytes of the digest of `bytes`.
    public func digest(of bytes: Span<UInt8>) -> [UInt8] {
        let (method, length) =
            switch self {
            case .sha1: (EVP_sha1(), 20)
            case .sha256: (EVP_sha256(), 32)
            }
        return [UInt8](unsafeUninitializedCapacity: length) { digest, count in
            let done = bytes.withUnsafeBufferPointer { bytes in
                EVP_Digest(bytes.baseAddress, bytes.count, digest.baseAddress, nil, method, nil)
            }
            precondition(done == 1, "OpenSSL computes no \(self) here; its configuration must allow it")
            count = length
        }
    }
}

extension Fingerprint {
    /// The fingerprint of a key: the SHA-1 digest of its DER form.
    init(ofKey der: [UInt8]) {
        let digest = DigestAlgorithm.sha1.digest(of: der.span)
        self.init(InlineArray { digest[$0] })
    }
}
