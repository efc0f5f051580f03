/// A signature at the end of a consensus (dir-spec 3.4.1, "directory-signature"), not yet checked.
struct DirectorySignature: Sendable {
    /// `nil` for an algorithm that this library does not know; such a signature is to be ignored.
    let algorithm: DigestAlgorithm?
    /// The v3 identity of the authority that is said to have made it.
    let identity: Fingerprint
    /// The fingerprint of the signing key.
    let signingKey: Fingerprint
    let bytes: [UInt8]

    /// Reads the arguments of the line; `nil` where one is missing or not what it should be.
    init?(_ arguments: [Substring], bytes: [UInt8]) {
        // The algorithm came later than the other two and stands before them.
        let named = arguments.count >= 3
        guard arguments.count >= 2,
            let identity = Fingerprint(hexadecimal: arguments[named ? 1 : 0]),
            let signingKey = Fingerprint(hexadecimal: arguments[named ? 2 : 1])
        else { return nil }
        algorithm = named ? DigestAlgorithm(rawValue: String(arguments[0])) : .sha1
        self.identity = identity
        self.signingKey = signingKey
        self.bytes = bytes
    }
}
