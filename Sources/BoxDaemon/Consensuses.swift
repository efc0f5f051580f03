import BoxConfiguration
import BoxModel
import BoxTime
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
    /// The same as clocks.
    private let knownSources: [ClockSource]
    /// The only ports that the uplink lets through; empty for all.
    private let reachablePorts: [UInt16]
    /// The guards of the newest consensus that is rightly signed, whether or not it may be used now, as clocks.
    private var signed: (validity: ConsensusValidity, sources: [ClockSource])?
    private var newest: (validity: ConsensusValidity, guards: Set<Endpoint>)?
    /// Each guard that the newest consensus lists at all, with the start of the last one that gave it the flag.
    private var lastGuard: [Endpoint: UnixTime] = [:]

    /// The authorities of a private Tor network, or else the directory servers of the public one.
    init(_ tor: Configuration.Tor) {
        reachablePorts = tor.reachablePorts
        if tor.authorities.isEmpty {
            authorities = .public
            knownSources =
                PublicDirectories.fallbacks.map(ClockSource.init)
                + PublicDirectories.authorities.map { ClockSource($0.relayIdentity, $0.endpoints, from: .authority) }
        } else {
            authorities = Authorities(tor.authorities.compactMap { Fingerprint(hexadecimal: $0.votingIdentity) })
            knownSources =
                tor.fallbacks.map(ClockSource.init)
                + tor.authorities.compactMap { authority in
                    Fingerprint(hexadecimal: authority.fingerprint).map {
                        ClockSource($0, authority.doors, from: .authority)
                    }
                }
        }
        directories = Set(knownSources.flatMap(\.endpoints))
    }

    /// Verifies a document and takes it in; what was taken in before stays, whatever becomes of this one.
    ///
    /// - Parameter certificates: a file such as tor's `cached-certs`.
    /// - Throws: why it is refused.
    mutating func take(_ document: [UInt8], certificates: [UInt8], at now: UnixTime) throws(DocumentError) {
        let certificates = try KeyCertificate.verified(in: certificates, by: authorities)
        let unchecked = try UncheckedConsensus(parsing: document)
        try noteSources(of: unchecked.dangerouslyVerifiedAtAnyTime(by: authorities, certificates: certificates))
        let consensus = try unchecked.verified(
            by: authorities, certificates: certificates, at: now, tolerance: Self.tolerance)
        take(consensus.relays, of: consensus.validity)
    }

    /// Takes in what a verified consensus lists; one that is no newer than the last says nothing of now.
    mutating func take(_ relays: [Relay], of validity: ConsensusValidity) {
        let start = validity.validAfter
        guard newest.map({ $0.validity.validAfter < start }) ?? true else { return }
        let running = relays.filter { $0.flags.isSuperset(of: [.running, .valid]) }
        let guards = Set(running.filter { $0.flags.contains(.guard) }.flatMap(\.endpoints))
        // Who is missing is down or was thrown out as harmful: it is forgotten, while the flag alone may come and go.
        let present = Set(running.flatMap(\.endpoints))
        lastGuard = lastGuard.filter { present.contains($0.key) }
        for endpoint in guards { lastGuard[endpoint] = start }
        newest = (validity, guards)
    }

    /// Where the time can be asked for, also while the clock is wrong: directories, and relays that once were guards.
    var clockSources: [ClockSource] {
        let sources = knownSources + (signed?.sources ?? [])
        return reachablePorts.isEmpty ? sources : sources.compactMap { $0.reachable(on: reachablePorts) }
    }

    /// When the newest consensus that is rightly signed became valid: no right clock shows an earlier time.
    var newestStart: UnixTime? { signed?.validity.validAfter }

    private mutating func noteSources(of consensus: Consensus) {
        guard signed.map({ $0.validity.validAfter < consensus.validity.validAfter }) ?? true else { return }
        let guards = consensus.relays.filter { $0.flags.isSuperset(of: [.guard, .running, .valid]) }
        signed = (
            consensus.validity, guards.map { ClockSource($0.identity, $0.endpoints, from: .consensus) }
        )
    }

    /// Drops what has been no guard for a day; nothing asks for it again, unless the clock goes back.
    mutating func forget(at now: UnixTime) {
        lastGuard = lastGuard.filter { isGuard(since: $0.value, at: now) }
    }

    /// Whether the flag still counts that a consensus of that time gave: the newest one's does as long as that is used.
    private func isGuard(since start: UnixTime, at now: UnixTime) -> Bool {
        start == newest?.validity.validAfter || now <= start.advanced(by: Self.memory)
    }

    /// Where the network may be entered at that moment. Without a valid consensus the box's own tor keeps the
    /// directories, from which it can get one, and the devices' own have nothing.
    func entrances(at now: UnixTime) -> Entrances {
        guard let newest, newest.validity.isUsable(at: now) else {
            return Entrances(doors: directories, hasValidConsensus: false)
        }
        let guards = lastGuard.filter { isGuard(since: $0.value, at: now) }
        return Entrances(doors: directories.union(newest.guards), guards: directories.union(guards.keys))
    }
}

extension ConsensusValidity {
    fileprivate func isUsable(at now: UnixTime) -> Bool {
        let tolerance = Consensuses.tolerance
        return validAfter.advanced(by: -tolerance.early) <= now && now <= validUntil.advanced(by: tolerance.late)
    }
}

extension ClockSource {
    fileprivate init(_ fallback: FallbackDirectory) {
        self.init(fallback.identity, fallback.endpoints, from: .fallback)
    }

    /// The same relay where it answers on these ports; `nil` where it does not.
    fileprivate func reachable(on ports: [UInt16]) -> ClockSource? {
        let reachable = endpoints.filter { ports.contains($0.port) }
        return reachable.isEmpty ? nil : ClockSource(relay, reachable, from: origin)
    }
}
