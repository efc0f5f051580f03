import NetAddress
import TorDocuments
import TorLink

/// All relays that may be asked, and when each was asked last.
struct SourcePool: Sendable {
    /// Of one round: a quorum of them may be dead.
    static let perRound = 9
    /// With fewer of the others, authorities are asked too.
    private static let enoughWithoutAuthorities = 5

    private(set) var sources: [ClockSource] = []
    private var lastAsked: [Fingerprint: Int64] = [:]
    private let distinctNetworks: Bool

    init(distinctNetworks: Bool) {
        self.distinctNetworks = distinctNetworks
    }

    /// Takes another list; what was asked before is remembered.
    mutating func replace(with sources: [ClockSource]) {
        self.sources = sources
    }

    /// The relays of the next round: those that were not asked for the longest time, by lot among equals, each on one
    /// address of a family that the uplink has.
    mutating func next(
        _ families: Set<AddressFamily>, at now: Int64, _ random: inout some RandomNumberGenerator
    ) -> [RelayClock] {
        let reachable = sources.filter { $0.endpoints.contains { families.contains($0.address.family) } }
            .shuffled(using: &random)
        var round = Round(distinctNetworks: distinctNetworks)
        let fallbacks = waitingLongest(reachable, from: .fallback)
        let relays = waitingLongest(reachable, from: .consensus)
        // In turn, so that a consensus that somebody put in place never chooses alone where there is a list.
        for place in 0..<max(fallbacks.count, relays.count) {
            if place < fallbacks.count { round.add(fallbacks[place]) }
            if place < relays.count { round.add(relays[place]) }
        }
        if round.chosen.count < Self.enoughWithoutAuthorities {
            for source in waitingLongest(reachable, from: .authority) { round.add(source) }
        }
        for source in round.chosen { lastAsked[source.relay] = now }
        return round.chosen.compactMap { source in
            let endpoints = source.endpoints.filter { families.contains($0.address.family) }
            return endpoints.randomElement(using: &random).map { RelayClock($0, RelayPin(source.relay)) }
        }
    }

    private func waitingLongest(_ sources: [ClockSource], from origin: ClockSource.Origin) -> [ClockSource] {
        sources.filter { $0.origin == origin }
            .sorted { (lastAsked[$0.relay] ?? .min) < (lastAsked[$1.relay] ?? .min) }
    }

    private struct Round {
        let distinctNetworks: Bool
        var chosen: [ClockSource] = []
        private var relays: Set<Fingerprint> = []
        private var sites: Set<IPAddress> = []

        init(distinctNetworks: Bool) {
            self.distinctNetworks = distinctNetworks
        }

        mutating func add(_ source: ClockSource) {
            guard chosen.count < SourcePool.perRound, !relays.contains(source.relay),
                !distinctNetworks || sites.isDisjoint(with: source.sites)
            else { return }
            chosen.append(source)
            relays.insert(source.relay)
            sites.formUnion(source.sites)
        }
    }
}
