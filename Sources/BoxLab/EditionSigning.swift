import FoundationEssentials
import HostSystem

/// The authorities' signatures under a consensus, with the keys that the lab made for them.
struct EditionSigning {
    /// A place for what openssl(1) reads and writes.
    private let folder: LabFolder
    /// The digests of an authority's identity and signing keys, as its certificate and a signature name them.
    private var identities: [TorNode: [String]] = [:]

    init(folder: LabFolder) async throws {
        self.folder = folder
        for authority in TorNode.authorities {
            identities[authority] = try await identities(in: authority.folder / "keys")
        }
    }

    /// The document whole: the text, then one signature for each authority.
    ///
    /// - Parameter text: up to and including the first `directory-signature` and the space after it (dir-spec 3.4.1).
    func signed(_ text: String, as flavour: ConsensusFlavour) async throws -> String {
        try folder.write(text, to: "text")
        try await openssl("dgst", "-\(flavour.digest)", "-binary", "-out", path("digest"), path("text"))
        var items: [String] = []
        for authority in TorNode.authorities {
            items.append(try await signature(of: authority, as: flavour))
        }
        return text + items.joined(separator: "directory-signature ")
    }

    private func signature(of authority: TorNode, as flavour: ConsensusFlavour) async throws -> String {
        let keys = authority.folder / "keys"
        // The bare digest padded by PKCS#1, as tor does it, without the name of the digest.
        try await openssl(
            "pkeyutl", "-sign", "-inkey", "\(keys.path)/authority_signing_key", "-in", path("digest"), "-out",
            path("signature"))
        let signature = try Data(contentsOf: URL(filePath: path("signature")))
        let base64 = signature.base64EncodedString(options: [.lineLength64Characters, .endLineWithLineFeed])
        return (flavour.algorithmWord + identities[authority, default: []]).joined(separator: " ")
            + "\n-----BEGIN SIGNATURE-----\n\(base64)\n-----END SIGNATURE-----\n"
    }

    private func identities(in keys: LabFolder) async throws -> [String] {
        let certificate = try keys.read("authority_certificate") ?? ""
        guard let identity = certificate.split(separator: "\n").first(where: { $0.hasPrefix("fingerprint ") }) else {
            throw LabError(.tor, "\(keys.path)/authority_certificate: has no fingerprint line")
        }
        try await openssl(
            "rsa", "-in", "\(keys.path)/authority_signing_key", "-RSAPublicKey_out", "-outform", "DER", "-out",
            path("public-key"))
        let digest = try await openssl("dgst", "-sha1", "-r", path("public-key"))
        return [String(identity.dropFirst("fingerprint ".count)), digest.prefix(40).uppercased()]
    }

    private func path(_ name: String) -> String { (folder / name).path }

    @discardableResult
    private func openssl(_ arguments: String...) async throws -> String {
        try await Command("openssl", arguments).endingWithTheLab.run()
    }
}

/// The two forms of every consensus: clients want the second, relays serve both.
enum ConsensusFlavour: String, CaseIterable {
    case ns = "cached-consensus"
    case microdesc = "cached-microdesc-consensus"

    /// The file in which every node keeps it.
    var file: String { rawValue }

    fileprivate var digest: String {
        switch self {
        case .ns: "sha1"
        case .microdesc: "sha256"
        }
    }

    /// The older flavour does not name its digest.
    fileprivate var algorithmWord: [String] {
        switch self {
        case .ns: []
        case .microdesc: ["sha256"]
        }
    }
}
