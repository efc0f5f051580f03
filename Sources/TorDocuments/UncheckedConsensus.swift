/// A consensus in due form of which nobody knows yet who made it; it gives away nothing but its verified self.
public struct UncheckedConsensus: Sendable {
    /// The largest document that is looked at: ten times the present one. Who reads a file should stop there too.
    public static let largestDocument = 32 << 20

    let flavor: ConsensusFlavor
    let validity: ConsensusValidity
    let voters: [Voter]
    let entries: [Relay]
    let signatures: [DirectorySignature]
    private let document: [UInt8]
    private let signedLength: Int

    /// Reads a consensus of either flavor (dir-spec 3.4.1 and 3.9), as tor stores it and names it on its control port.
    ///
    /// Unknown items are skipped, as dir-spec demands; everything else must be in its place, whole and once.
    /// - Throws: `malformed` with the line and what is wrong with it, or `oversized`.
    public init(parsing document: [UInt8]) throws(DocumentError) {
        var parser = try ConsensusParser(document.span)
        let header = try parser.header(of: document.span)
        flavor = header.flavor
        validity = header.validity
        voters = try parser.voters(of: document.span)
        entries = try parser.relays(of: document.span, flavor: flavor, known: header.flags)
        (signatures, signedLength) = try parser.signatures(of: document.span)
        self.document = document
    }

    /// Gives the consensus if a majority of the authorities signed it and it may be used at that moment.
    ///
    /// An authority counts once, by its v3 identity, and only with a signature made by the signing key of one of its
    /// certificates, itself valid at that moment. Authorities that are not known count neither for nor against.
    /// - Parameters:
    ///   - authorities: those whose majority decides: more than half of all of them, not of those that signed.
    ///   - certificates: of these authorities; several of one authority may stand side by side.
    ///   - now: a trusted time.
    ///   - tolerance: how far outside its own validity the consensus may be used.
    /// - Throws: `untimely` or `untrusted`.
    public func verified(
        by authorities: Authorities, certificates: [KeyCertificate], at now: UnixTime,
        tolerance: ConsensusValidity.Tolerance
    ) throws(DocumentError) -> Consensus {
        try validity.check(at: now, tolerance: tolerance)
        return try signed(by: authorities, certificates: certificates.filter { $0.isValid(at: now) })
    }

    /// Gives the consensus if a majority of the authorities signed it, however long ago, with whichever of their keys.
    ///
    /// For a machine that does not know the time yet: it says which relays there were, not which there are.
    /// - Throws: `untrusted`.
    public func dangerouslyVerifiedAtAnyTime(
        by authorities: Authorities, certificates: [KeyCertificate]
    ) throws(DocumentError) -> Consensus {
        try signed(by: authorities, certificates: certificates)
    }

    private func signed(
        by authorities: Authorities, certificates: [KeyCertificate]
    ) throws(DocumentError) -> Consensus {
        let digest = flavor.digestAlgorithm.digest(of: document.span.extracting(first: signedLength))
        let keys = certificates.filter { authorities.identities.contains($0.identity) }
        var signers: Set<Fingerprint> = []
        for signature in signatures
        where signature.algorithm == flavor.digestAlgorithm && !signers.contains(signature.identity) {
            let key = keys.first { $0.identity == signature.identity && $0.signingKey == signature.signingKey }
            if let key, key.signed(digest, with: signature.bytes) { signers.insert(signature.identity) }
        }
        guard signers.count >= authorities.majority else {
            throw DocumentError(
                .untrusted,
                """
                consensus: signed by \(signers.count) of \(authorities.identities.count) known authorities with valid \
                certificates, where \(authorities.majority) are needed; tor must fetch another one
                """)
        }
        return Consensus(self, signers: signers.sorted())
    }
}
