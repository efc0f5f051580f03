import BoxAPI
import TorControl
import TorDocuments

/// What tor says of its circuits, before it is known who the relays are.
struct TorPaths {
    let circuits: [CircuitEvent]
    let streams: [StreamEvent]
    let guards: [EntryGuard]
    /// The first relay of every circuit is a bridge then.
    let hasBridges: Bool

    static func now(_ tor: ControlConnection, hasBridges: Bool) async throws -> TorPaths {
        TorPaths(
            circuits: try await tor.circuits(), streams: try await tor.streams(),
            guards: try await tor.entryGuards(), hasBridges: hasBridges)
    }

    /// The circuits that serve devices: those that carry most first, then the newest. What tor keeps for its own
    /// questions, or is still building, is not among them.
    private var serving: [(circuit: CircuitEvent, purpose: CircuitsReport.Circuit.Purpose, streams: Int)] {
        let counts = Dictionary(streams.compactMap { $0.circuit.map { ($0, 1) } }, uniquingKeysWith: +)
        return circuits.filter { $0.status == .built && $0.path.count > 1 }
            .compactMap { circuit in circuit.servingPurpose.map { (circuit, $0, counts[circuit.id] ?? 0) } }
            .sorted { ($0.streams, $0.circuit.created ?? "") > ($1.streams, $1.circuit.created ?? "") }
    }

    private var shown: [(circuit: CircuitEvent, purpose: CircuitsReport.Circuit.Purpose, streams: Int)] {
        Array(serving.prefix(CircuitsReport.mostCircuits))
    }

    private var shownGuards: [(identity: RelayIdentity, state: CircuitsReport.Guard.State)] {
        guards.compactMap { entry in CircuitsReport.Guard.State(entry.status).map { (entry.identity, $0) } }
            .prefix(CircuitsReport.mostGuards).map(\.self)
    }

    /// All of which the report wants to know more: no bridge among them.
    var relays: Set<RelayIdentity> {
        let inCircuits = shown.flatMap { $0.circuit.path.dropFirst(hasBridges ? 1 : 0) }
        return Set(inCircuits + (hasBridges ? [] : shownGuards.map(\.identity)))
    }

    /// - Parameters:
    ///   - relays: what is known of some of ``relays``.
    ///   - now: by the clock that tor reads too.
    func report(_ relays: [RelayIdentity: CircuitsReport.Relay], now: UnixTime) -> CircuitsReport {
        func relay(_ identity: RelayIdentity, isFirst: Bool) -> CircuitsReport.Relay {
            if hasBridges, isFirst { return .bridge }
            return relays[identity]
                ?? CircuitsReport.Relay(
                    isBridge: false, fingerprint: "\(identity)", nickname: nil, country: nil, flags: [])
        }
        return CircuitsReport(
            circuits: shown.map { circuit, purpose, streams in
                CircuitsReport.Circuit(
                    id: circuit.id, purpose: purpose, ageSeconds: circuit.age(at: now), streams: streams,
                    relays: circuit.path.enumerated().map { relay($1, isFirst: $0 == 0) })
            },
            furtherCircuits: serving.count - shown.count, streams: streams.count,
            guards: shownGuards.map { CircuitsReport.Guard(relay: relay($0.identity, isFirst: true), state: $0.state) })
    }
}

extension CircuitEvent {
    /// Whether devices' connections use it, and for what.
    fileprivate var servingPurpose: CircuitsReport.Circuit.Purpose? {
        switch purpose {
        case "GENERAL" where buildFlags.isDisjoint(with: ["IS_INTERNAL", "ONEHOP_TUNNEL"]): .internet
        case "CONFLUX_LINKED": .internet
        case "HS_CLIENT_REND": .onion
        default: nil
        }
    }

    /// In seconds; a clock that was set back makes it young.
    fileprivate func age(at now: UnixTime) -> Int? {
        let text = created?.prefix(19).replacing("T", with: " ")
        return text.flatMap { UnixTime($0) }.map { Int(max(0, now.seconds - $0.seconds)) }
    }
}

extension CircuitsReport.Guard.State {
    /// `nil` for one that is chosen for later.
    fileprivate init?(_ status: EntryGuard.Status) {
        switch status {
        case .up: self = .up
        case .down: self = .down
        case .unusable, .unlisted: self = .unusable
        case .neverConnected, .unknown: return nil
        }
    }
}
