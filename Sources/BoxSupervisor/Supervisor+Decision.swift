import BoxModel
import NetAddress

extension Supervisor {
    /// The situation that the facts make; `nil` until every fact is known, unless those that are known close the box: a
    /// tor that keeps silent must not keep it open.
    static func situation(_ facts: Facts, lan: [Network]) -> Situation? {
        if facts.isStopping { return Situation(.closed, .stopping) }
        if case .broken(let reason) = facts.airlock { return Situation(.closed, .airlock(reason)) }
        if facts.handOver == .closed { return Situation(.closed, .newSettings) }
        if let addresses = facts.uplinkAddresses, let obstacle = obstacle(on: addresses, lan: lan) {
            return Situation(.closed, obstacle)
        }
        guard facts.airlock != nil, facts.uplinkAddresses != nil, facts.sources != nil,
            let entrances = facts.entrances, facts.devices != nil, let clock = facts.clock,
            let tor = facts.tor, !entrances.throughSnowflake || facts.snowflake != nil
        else {
            // The sets are still as an earlier torboxd filled them, and may hold what is taken away.
            return facts.handOver == .withoutOwnTor ? Situation(.closed, .newSettings) : nil
        }
        guard leads(waysOut(facts), to: entrances) else {
            return Situation(.closed, .noWay)
        }
        guard clock != .untrusted else { return Situation(.clock, .clockNotTrusted) }
        if entrances.throughSnowflake, entrances.doors.isEmpty, facts.snowflake == .gone {
            return Situation(.closed, .snowflakeNotRunning)
        }
        switch tor {
        case .gone: return Situation(.closed, .torNotRunning)
        case .answers(100...): return Situation(.open)
        case .answers(let percent):
            return Situation(
                .connecting, facts.bridgeFailure.map { .bridgesFail(percent, $0) } ?? .bootstrapping(percent))
        }
    }

    private static func obstacle(on addresses: Set<Network>, lan: [Network]) -> Obstacle? {
        if addresses.isEmpty { return .noUplinkAddress }
        for uplink in addresses.sorted(by: { $0.address < $1.address }) {
            if let inside = lan.first(where: uplink.overlaps) { return .sameNetwork(uplink: uplink, lan: inside) }
        }
        return nil
    }

    /// An address may come before its route, and one family before the other. A tor that tries to connect meanwhile
    /// would not try the same address again for a minute (`OR_CONNECT_FAILURE_LIFETIME` in tor's source); with one
    /// bridge that is all it has.
    private static func leads(_ sources: Set<IPAddress>, to entrances: Entrances) -> Bool {
        if entrances.throughSnowflake, !sources.isEmpty { return true }
        let families = sources.compactMap { Network($0, prefixLength: 0) }
        return entrances.doors.contains { door in families.contains { $0.contains(door.address) } }
    }

    /// The uplink's addresses from which a connection to the internet would start now.
    private static func waysOut(_ facts: Facts) -> Set<IPAddress> {
        (facts.sources ?? []).intersection((facts.uplinkAddresses ?? []).map(\.address))
    }

    /// Where tor may go in a state.
    static func torReach(_ state: BoxState, _ facts: Facts) -> TorReach {
        guard state >= .connecting else { return .nowhere }
        // The address by which tor knows such a bridge is of IPv4, whatever its program uses.
        if facts.entrances?.throughSnowflake == true { return .everywhere }
        let hasIPv4 = waysOut(facts).contains { if case .v4 = $0 { true } else { false } }
        return hasIPv4 ? .everywhere : .overIPv6Alone
    }

    /// What a state lets through; the packet table of `docs/security.md`.
    static func openings(_ state: BoxState, _ facts: Facts, _ policy: OwnTorPolicy) -> Openings {
        guard let entrances = facts.entrances, let devices = facts.devices else { return .closed }
        switch state {
        case .closed:
            return .closed
        case .clock:
            return Openings(clockDoors: facts.clockRound)
        case .connecting:
            return Openings(doors: entrances.doors, snowflake: mayMeetSnowflakes(facts))
        case .open:
            let ownTor = facts.handOver == .withoutOwnTor ? .of([]) : ownTor(policy, devices)
            return Openings(
                doors: entrances.doors, carriesLAN: true, guards: ownTor == .of([]) ? [] : entrances.guards,
                ownTor: ownTor, blocked: devices.blocked, snowflake: mayMeetSnowflakes(facts))
        }
    }

    private static func mayMeetSnowflakes(_ facts: Facts) -> Bool {
        guard case .listens = facts.snowflake else { return false }
        return facts.entrances?.throughSnowflake == true
    }

    private static func ownTor(_ policy: OwnTorPolicy, _ devices: Devices) -> Openings.OwnTor {
        switch policy {
        case .automatic: .ofEveryDevice
        case .chosen: .of(devices.ownTor.subtracting(devices.blocked))
        case .never: .of([])
        }
    }
}
