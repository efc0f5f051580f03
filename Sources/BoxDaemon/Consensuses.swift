import BoxConfiguration
import BoxModel
import NetAddress
import TorDocuments

/// What the verified consensuses of the last day say of where the Tor network is entered.
///
/// Neither tor's word nor a document that is not signed by a majority of the authorities adds anything.
struct Consensuses {
    /// A consensus of the public network is valid for three hours; with this it serves for two days at most.
    static let tolerance = ConsensusValidity.Tolerance(early: 30 * 60, late: 45 * 60 * 60)
    /// By how much the consensus of a device may be older than the box's.
    static let memory: Int64 = 24 * 60 * 60

    private let authorities: Authorities
    /// The Tor ports of authorities and fallback directories, which need no consensus.
    private let directories: Set<Endpoint>
    private var newest: (validity: ConsensusValidity, relays: Set<Endpoint>)?
    /// Each guard with the start of the last consensus that listed it.
    private var lastListed: [Endpoint: UnixTime] = [:]

    /// The authorities of a private Tor network, or else the directory servers of the public one.
    init(_ tor: Configuration.Tor) {
        if tor.authorities.isEmpty {
            authorities = .public
            directories = Set(
                PublicDirectories.authorities.flatMap(\.endpoints) + PublicDirectories.fallbacks.flatMap(\.endpoints))
        } else {
            authorities = Authorities(tor.authorities.compactMap { Fingerprint(hexadecimal: $0.votingIdentity) })
            directories = Set(tor.authorities.flatMap(\.doors))
        }
    }

    /// Verifies a document and takes it in; what was taken in before stays, whatever becomes of this one.
    ///
    /// - Parameter certificates: a file such as tor's `cached-certs`.
    /// - Throws: why it is refused.
    mutating func take(_ document: [UInt8], certificates: [UInt8], at now: UnixTime) throws(DocumentError) {
        let certificates = try KeyCertificate.verified(in: certificates, by: authorities)
        let consensus = try UncheckedConsensus(parsing: document).verified(
            by: authorities, certificates: certificates, at: now, tolerance: Self.tolerance)
        take(consensus.relays, of: consensus.validity)
    }

    /// Takes in what a verified consensus lists.
    mutating func take(_ relays: [Relay], of validity: ConsensusValidity) {
        let guards = relays.filter { $0.flags.isSuperset(of: [.guard, .running, .valid]) }
        let endpoints = Set(guards.flatMap(\.endpoints))
        let start = validity.validAfter
        for endpoint in endpoints { lastListed[endpoint] = max(lastListed[endpoint] ?? start, start) }
        // An older one put in its place says nothing of now.
        if newest.map({ $0.validity.validAfter < start }) ?? true { newest = (validity, endpoints) }
    }

    /// Drops what no consensus of the last day listed; nothing asks for it again, unless the clock goes back.
    mutating func forget(at now: UnixTime) {
        let newestStart = newest?.validity.validAfter
        lastListed = lastListed.filter { $0.value == newestStart || now <= $0.value.advanced(by: Self.memory) }
    }

    /// Where the network may be entered at that moment. Without a valid consensus the box's own tor keeps the
    /// directories, from which it can get one, and the devices' own have nothing.
    func entrances(at now: UnixTime) -> Entrances {
        guard let newest, newest.validity.isUsable(at: now) else {
            return Entrances(doors: directories, hasValidConsensus: false)
        }
        let start = newest.validity.validAfter
        let listed = lastListed.filter { $0.value == start || now <= $0.value.advanced(by: Self.memory) }
        return Entrances(doors: directories.union(newest.relays), guards: directories.union(listed.keys))
    }
}

extension ConsensusValidity {
    fileprivate func isUsable(at now: UnixTime) -> Bool {
        let tolerance = Consensuses.tolerance
        return validAfter.advanced(by: -tolerance.early) <= now && now <= validUntil.advanced(by: tolerance.late)
    }
}
