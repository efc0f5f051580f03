import COpenSSL
import Glibc
import TorDocuments

/// The X.509 certificate in which a relay shows its RSA identity, not yet read (tor-spec, "CERTS cells", type 2).
struct RSAIdentityCertificate: Hashable, Sendable {
    /// Those of real relays have about 450 bytes.
    private static let longest = 2048

    let der: [UInt8]

    /// Gives the key if the certificate holds the pinned one, is signed by it, and is valid at the time.
    ///
    /// - Throws: `garbage`, `wrongIdentity`, `notSigned`, `untimely`.
    func key(pinnedBy pin: Fingerprint, at time: UInt32) throws(LinkError) -> RSAPublicKey {
        // Whatever fails below leaves its reasons in OpenSSL's queue of this thread, where others would find them.
        defer { ERR_clear_error() }
        guard der.count <= Self.longest, let certificate = parsed() else {
            throw LinkError(.garbage, .certificates, "an RSA identity certificate that is none")
        }
        defer { X509_free(certificate) }
        let key = RSAPublicKey(der: Self.keyBytes(of: certificate))
        guard key.fingerprint == pin else {
            throw LinkError(.wrongIdentity, .certificates, "another relay answers, with another fingerprint")
        }
        guard let parsedKey = X509_get0_pubkey(certificate), EVP_PKEY_get_base_id(parsedKey) == EVP_PKEY_RSA,
            EVP_PKEY_get_bits(parsedKey) == 1024, X509_verify(certificate, parsedKey) == 1
        else {
            throw LinkError(.notSigned, .certificates, "its RSA identity certificate is not signed by its own key")
        }
        var moment = time_t(time)
        guard X509_cmp_time(X509_get0_notBefore(certificate), &moment) < 0,
            X509_cmp_time(X509_get0_notAfter(certificate), &moment) > 0
        else {
            throw LinkError(.untimely, .certificates, "its RSA identity is not valid at the time that it claims")
        }
        return key
    }

    private func parsed() -> OpaquePointer? {
        der.withUnsafeBufferPointer { der in
            var rest = der.baseAddress
            guard let certificate = d2i_X509(nil, &rest, der.count) else { return nil }
            if rest == der.baseAddress.map({ $0 + der.count }) { return certificate }
            X509_free(certificate)
            return nil
        }
    }

    /// The key as the certificate holds it; for RSA that is PKCS#1 in DER, of which Tor takes its fingerprints.
    private static func keyBytes(of certificate: OpaquePointer) -> [UInt8] {
        guard let bits = X509_get0_pubkey_bitstr(certificate), let start = ASN1_STRING_get0_data(bits) else {
            return []
        }
        return Array(UnsafeBufferPointer(start: start, count: Int(ASN1_STRING_length(bits))))
    }
}
