/// All that a relay said at the opening of a link, of which nobody knows yet whose word it is.
public struct UncheckedAnswer: Sendable {
    private let certificates: UncheckedCertificates
    private let time: UInt32

    init(certificates: UncheckedCertificates, time: UInt32) {
        self.certificates = certificates
        self.time = time
    }

    /// Gives the relay's word if it is the word of the relay asked for.
    ///
    /// Expiries are judged at the time that the relay itself claims: this machine may not know another.
    ///
    /// - Parameter tlsCertificate: the DER form of what the other end of the live TLS connection showed.
    /// - Returns: who it is, and its time in seconds since 1970, never 0.
    /// - Throws: `noTime`, and as ``UncheckedCertificates/verified(as:over:at:)``.
    public func verified(
        as pin: RelayPin, over tlsCertificate: [UInt8]
    ) throws(LinkError) -> (relay: LinkIdentity, time: UInt32) {
        guard time > 0 else { throw LinkError(.noTime, .netinfo, "it says no time, as clients do") }
        return (try certificates.verified(as: pin, over: tlsCertificate, at: time), time)
    }
}
