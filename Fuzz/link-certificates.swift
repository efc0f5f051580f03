import Glibc
import TorDocuments
import TorLink

/// No bytes make the reader of link certificates crash, and a changed CERTS cell of the sample's relay is believed only
/// if it still is the sample's relay.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ start: UnsafePointer<UInt8>?, _ count: Int) -> Int32 {
    let body = [UInt8](UnsafeBufferPointer(start: start, count: count))
    do {
        let certificates = try UncheckedCertificates(parsing: body[...])
        let relay = try certificates.verified(
            as: RelayPin(Sample.pin.fingerprint), over: Sample.tlsCertificate, at: Sample.time)
        precondition(relay.fingerprint == Sample.pin.fingerprint && relay.ed25519 == Sample.pin.ed25519)
    } catch {
        precondition(!error.message.isEmpty)
    }
    return 0
}

private enum Sample {
    static let folder = "Tests/TorLinkTests/Fixtures/"
    static let tlsCertificate = bytes("tls-certificate")
    static let pin: RelayPin = {
        let words = String(decoding: bytes("identities"), as: UTF8.self).split { $0 == " " || $0 == "\n" }
        return RelayPin(Fingerprint(hexadecimal: words[0])!, ed25519: Ed25519Identity(base64: words[1])!)
    }()
    /// The cells end with NETINFO, 514 bytes, whose fifth begins the time.
    static let time = bytes("cells").suffix(514).dropFirst(5).prefix(4).reduce(UInt32(0)) { $0 << 8 | UInt32($1) }

    private static func bytes(_ name: String) -> [UInt8] {
        guard let file = fopen(folder + name, "r") else { fatalError("run this in the checkout") }
        defer { fclose(file) }
        var bytes = [UInt8](repeating: 0, count: 1 << 16)
        let count = fread(&bytes, 1, bytes.count, file)
        return Array(bytes.prefix(count))
    }
}
