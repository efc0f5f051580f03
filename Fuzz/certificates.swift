import TorDocuments

/// No bytes make the reader of key certificates crash, and a changed certificate is verified only if nothing in it
/// changed that counts.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ start: UnsafePointer<UInt8>?, _ count: Int) -> Int32 {
    let document = [UInt8](UnsafeBufferPointer(start: start, count: count))
    do {
        let certificates = try UncheckedKeyCertificate.parsing(document)
        // Whoever the certificates name is known here, so that keys and signatures are reached too.
        let known = Authorities(certificates.map(\.claimedIdentity))
        _ = try KeyCertificate.verified(in: document, by: known)
    } catch {
        precondition(error.message.hasPrefix("key certificate"))
    }
    return 0
}
