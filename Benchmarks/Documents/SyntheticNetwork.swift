import Foundation
import TorDocuments

/// A network of one authority with fresh keys, and its consensus with lines like those of the public network.
struct SyntheticNetwork {
    let folder: URL

    var consensus: URL { folder.appending(path: "consensus") }

    /// The network that another process has made in this folder.
    init(existing folder: URL) {
        self.folder = folder
    }

    init(relays: Int, folder: URL) throws {
        self.folder = folder
        let identity = try makeKey("identity", bits: 3072)
        let signing = try makeKey("signing", bits: 2048)
        let fingerprint = identity.fingerprint
        var certificate = """
            dir-key-certificate-version 3
            fingerprint \(fingerprint)
            dir-key-published 2026-01-01 00:00:00
            dir-key-expires 2027-01-01 00:00:00
            dir-identity-key
            \(identity.pem)
            dir-signing-key
            \(signing.pem)
            dir-key-crosscert
            \(try signature(over: identity.der, "sha1", by: "signing", tag: "ID SIGNATURE"))
            dir-key-certification

            """
        certificate += try signature(over: Data(certificate.utf8), "sha1", by: "identity", tag: "SIGNATURE") + "\n"
        try Data(certificate.utf8).write(to: folder.appending(path: "certificates"))

        var document = Self.header(authority: fingerprint)
        var random = SeededGenerator(state: 2026)
        for number in 0..<relays { document += Self.relay(number, of: relays, &random) }
        document += "directory-footer\nbandwidth-weights Wbd=0 Wbe=0 Wbg=4148 Wbm=10000 Wdb=10000\ndirectory-signature "
        let signed = try signature(over: Data(document.utf8), "sha256", by: "signing", tag: "SIGNATURE")
        document += "sha256 \(fingerprint) \(signing.fingerprint)\n\(signed)\n"
        try Data(document.utf8).write(to: consensus)
    }

    /// The verified certificate of the one authority.
    func certificates() throws -> [KeyCertificate] {
        try KeyCertificate.verified(
            in: Array(Data(contentsOf: folder.appending(path: "certificates"))), by: authorities())
    }

    func verify(_ consensus: UncheckedConsensus, _ certificates: [KeyCertificate]) throws -> Consensus {
        try consensus.verified(
            by: Authorities(certificates.map(\.identity)), certificates: certificates,
            at: UnixTime("2026-06-01 12:30:00")!, tolerance: .none)
    }

    private func authorities() throws -> Authorities {
        let text = try String(contentsOf: folder.appending(path: "certificates"), encoding: .utf8)
        let line = text.split(separator: "\n").first { $0.hasPrefix("fingerprint ") }!
        return Authorities([Fingerprint(hexadecimal: line.dropFirst("fingerprint ".count))!])
    }

    private static func header(authority: String) -> String {
        """
        network-status-version 3 microdesc
        vote-status consensus
        consensus-method 34
        valid-after 2026-06-01 12:00:00
        fresh-until 2026-06-01 13:00:00
        valid-until 2026-06-01 15:00:00
        voting-delay 300 300
        known-flags Authority BadExit Exit Fast Guard HSDir MiddleOnly NoEdConsensus Running Stable StaleDesc V2Dir Valid
        dir-source one \(authority) host.example 192.0.2.1 80 443
        contact one@host.example
        vote-digest \(authority)

        """
    }

    private static func relay(_ number: Int, of relays: Int, _ random: inout SeededGenerator) -> String {
        var identity = Data((0..<20).map { _ in UInt8.random(in: .min ... .max, using: &random) })
        // The order is that of the identities.
        withUnsafeBytes(of: UInt32(number * Int(UInt32.max / UInt32(relays))).bigEndian) {
            identity.replaceSubrange(0..<4, with: $0)
        }
        let digest = Data((0..<32).map { _ in UInt8.random(in: .min ... .max, using: &random) })
        let address = (0..<4).map { _ in String(Int.random(in: 1...254, using: &random)) }.joined(separator: ".")
        let port = [443, 9001, 8443].randomElement(using: &random)!
        let groups = (0..<4).map { _ in String(Int.random(in: 1...0xFFFF, using: &random), radix: 16) }
        let hasIPv6 = Int.random(in: 0..<10, using: &random) < 6
        let flags = [
            "Fast Guard HSDir Running Stable V2Dir Valid", "Fast Running Stable V2Dir Valid",
            "Exit Fast Guard HSDir Running Stable V2Dir Valid", "Running Valid",
            "Fast HSDir Running Stable V2Dir Valid",
        ].randomElement(using: &random)!
        func base64(_ data: Data) -> String { data.base64EncodedString().replacingOccurrences(of: "=", with: "") }
        return """
            r relay\(number) \(base64(identity)) 2038-01-01 00:00:00 \(address) \(port) 0
            \(hasIPv6 ? "a [2001:db8:\(groups.joined(separator: ":"))::1]:\(port)\n" : "")m \(base64(digest))
            s \(flags)
            v Tor 0.4.8.\(number % 20)
            pr Conflux=1 Cons=1-2 Desc=1-2 DirCache=2 FlowCtrl=1-2 HSDir=2 HSIntro=4-5 HSRend=1-2 Link=1-5 LinkAuth=1,3 \
            Microdesc=1-2 Padding=2 Relay=1-4
            w Bandwidth=\(Int.random(in: 1...100_000, using: &random))

            """
    }
}

extension SyntheticNetwork {
    private typealias Key = (pem: String, der: Data, fingerprint: String)

    private func makeKey(_ name: String, bits: Int) throws -> Key {
        let secret = folder.appending(path: "\(name).pem").path
        try run("/usr/bin/openssl", ["genrsa", "-out", secret, "\(bits)"])
        let pem = try run("/usr/bin/openssl", ["rsa", "-in", secret, "-RSAPublicKey_out"])
        let body = pem.split(separator: "\n").filter { !$0.hasPrefix("-----") }.joined()
        let der = Data(base64Encoded: body)!
        let digest = try digest(of: der, "sha1")
        return (
            pem.trimmingCharacters(in: .newlines), der, digest.map { String(format: "%02X", $0) }.joined()
        )
    }

    private func digest(of data: Data, _ algorithm: String) throws -> Data {
        let (input, output) = (folder.appending(path: "input"), folder.appending(path: "digest"))
        try data.write(to: input)
        try run("/usr/bin/openssl", ["dgst", "-\(algorithm)", "-binary", "-out", output.path, input.path])
        return try Data(contentsOf: output)
    }

    /// The signature over the bare digest, as Tor makes it, between its tags.
    private func signature(over data: Data, _ algorithm: String, by key: String, tag: String) throws -> String {
        _ = try digest(of: data, algorithm)
        let output = folder.appending(path: "signature")
        try run(
            "/usr/bin/openssl",
            [
                "pkeyutl", "-sign", "-inkey", folder.appending(path: "\(key).pem").path,
                "-in", folder.appending(path: "digest").path, "-out", output.path, "-pkeyopt", "rsa_padding_mode:pkcs1",
            ])
        let text = try Data(contentsOf: output).base64EncodedString(options: [
            .lineLength64Characters, .endLineWithLineFeed,
        ])
        return "-----BEGIN \(tag)-----\n\(text)\n-----END \(tag)-----"
    }
}

/// A generator with a fixed start, so that each run measures the same document.
struct SeededGenerator: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return state ^ state >> 29
    }
}
