import COpenSSL
import TorDocuments
import TorLink

/// A relay of the tests' own making, whose chain holds unless told otherwise: what is forged is well signed.
struct ForgedRelay {
    /// In hours since 1970, far from ``time``.
    static let later: UInt32 = 500_000
    static let time: UInt32 = 1_795_000_000

    /// One Ed25519 certificate, of which everything may be false but the signature.
    struct Certificate {
        var version: UInt8 = 1
        var type: UInt8
        var hours = ForgedRelay.later
        var keyType: UInt8 = 1
        var content: [UInt8]
        /// Type, flags, data.
        var extensions: [(UInt8, UInt8, [UInt8])] = []

        func signed(by key: SigningKey) -> [UInt8] {
            var bytes = [version, type] + hours.bytes + [keyType] + content + [UInt8(extensions.count)]
            for (type, flags, data) in extensions { bytes += [0, UInt8(data.count), type, flags] + data }
            return bytes + key.signature(of: bytes)
        }
    }

    let rsa = SigningKey(.rsa1024)
    let identity = SigningKey(.ed25519)
    let signing = SigningKey(.ed25519)
    /// Any bytes: to the chain it is what the TLS connection showed.
    let tlsCertificate: [UInt8]

    var signingKey: Certificate
    var tlsLink: Certificate
    var crossIdentity: [UInt8]
    var crossHours = later
    /// Seconds since 1970.
    var rsaValidity: ClosedRange<Int> = Int(time) - 86_400...Int(time) + 86_400
    /// The certificates of the cell by type; `nil` shows the true one, empty bytes none.
    var replaced: [UInt8: [UInt8]] = [:]
    var repeated: UInt8?

    init(tlsCertificate: [UInt8] = Array("a TLS certificate".utf8)) {
        self.tlsCertificate = tlsCertificate
        signingKey = Certificate(type: 4, content: signing.publicBytes, extensions: [(4, 0, identity.publicBytes)])
        tlsLink = Certificate(type: 5, keyType: 3, content: [])
        crossIdentity = identity.publicBytes
        tlsLink.content = DigestAlgorithm.sha256.digest(of: tlsCertificate.span)
    }

    var pin: RelayPin {
        RelayPin(RSAPublicKey(der: rsa.publicBytes).fingerprint, ed25519: Ed25519Identity(identity.publicBytes))
    }

    /// The body of its CERTS cell.
    var certificates: [UInt8] {
        let signedPart = crossIdentity + crossHours.bytes
        let digest = DigestAlgorithm.sha256.digest(
            of: (Array("Tor TLS RSA/Ed25519 cross-certificate".utf8) + signedPart).span)
        let signature = rsa.rawSignature(of: digest)
        let whole: [(UInt8, [UInt8])] = [
            (2, rsa.selfSignedCertificate(valid: rsaValidity)), (4, signingKey.signed(by: identity)),
            (5, tlsLink.signed(by: signing)), (7, signedPart + [UInt8(signature.count)] + signature),
        ]
        var shown = whole.map { ($0, replaced[$0] ?? $1) }.filter { !$0.1.isEmpty }
        if let repeated { shown += shown.filter { $0.0 == repeated } }
        return [UInt8(shown.count)]
            + shown.flatMap { type, content in [type, UInt8(content.count >> 8), UInt8(content.count & 255)] + content }
    }

    /// VERSIONS, CERTS, AUTH_CHALLENGE and NETINFO, with any time.
    func cells(time: UInt32 = time) -> [[UInt8]] {
        let certificates = certificates
        return [
            [0, 0, 7, 0, 4, 0, 4, 0, 5],
            [0, 0, 0, 0, 129, UInt8(certificates.count >> 8), UInt8(certificates.count & 255)] + certificates,
            [0, 0, 0, 0, 130, 0, 36] + [UInt8](repeating: 5, count: 32) + [0, 1, 0, 3],
            [0, 0, 0, 0, 8] + time.bytes + [4, 4, 127, 0, 0, 1, 0] + [UInt8](repeating: 0, count: 498),
        ]
    }
}

extension UInt32 {
    /// As on the wire.
    var bytes: [UInt8] { (0..<4).map { UInt8(truncatingIfNeeded: self >> (24 - 8 * $0)) } }
}
