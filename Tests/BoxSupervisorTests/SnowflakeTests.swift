import BoxModel
import BoxSupervisor
import NetAddress
import Testing

private let home = Network("192.168.1.50/24")!
private let homeOverIPv6 = Network("2001:db8:1::50/64")!
private let door = Endpoint("192.0.2.3:443")!
private let alone = Entrances(onlyDoors: [], throughSnowflake: true)
private let besideObfs4 = Entrances(onlyDoors: [door], throughSnowflake: true)

/// All but what the program does, and tor.
private func supervisor(_ entrances: Entrances, on uplink: Network = home) -> Supervisor {
    var supervisor = Supervisor(lan: [Network("10.84.0.1/24")!], policy: .never)
    let facts: [Event] = [
        .airlock(.held), .uplink([uplink]), .sources([uplink.address]), .clock(.provisional),
        .devices(ownTor: [], blocked: []), .entrances(entrances),
    ]
    for event in facts { _ = supervisor.handle(event) }
    return supervisor
}

@Suite("The supervisor with snowflake bridges")
struct SnowflakeTests {
    @Test("tor is led to the program before it may connect, behind a way out that is for the program alone")
    func connects() {
        var box = supervisor(alone)
        #expect(box.handle(.torAnswers(bootstrap: 0)).isEmpty, "nothing is known of the program yet")
        #expect(
            box.handle(.snowflake(.listens(port: 40001))).filter { $0 != .serveTime(false) } == [
                .apply(Openings(snowflake: true)), .resolveThroughTor(false), .leadTorToSnowflake(port: 40001),
                .letTorConnect(.everywhere), .announce(Situation(.connecting, .bootstrapping(0))),
            ])
        #expect(
            box.handle(.torBootstrap(100)).first == .apply(Openings(carriesLAN: true, snowflake: true)))
        #expect(box.situation == Situation(.open))
    }

    @Test("Without the program the box is closed, says so, and comes back at the program's other port")
    func loses() {
        var box = supervisor(alone)
        for event in [Event.torAnswers(bootstrap: 100), .snowflake(.listens(port: 40001))] { _ = box.handle(event) }
        let effects = box.handle(.snowflake(.gone))
        #expect(effects.first == .apply(.closed) && effects.contains(.letTorConnect(.nowhere)))
        #expect(box.situation == Situation(.closed, .snowflakeNotRunning))
        let again = box.handle(.snowflake(.listens(port: 40002)))
        #expect(again.contains(.leadTorToSnowflake(port: 40002)) && box.situation == Situation(.open))
    }

    @Test("Beside another bridge the box goes on without the program, whose way is shut")
    func hasAnotherBridge() {
        var box = supervisor(besideObfs4)
        _ = box.handle(.snowflake(.gone))
        #expect(box.handle(.torAnswers(bootstrap: 0)).first == .apply(Openings(doors: [door])))
        #expect(box.handle(.snowflake(.listens(port: 40001))).first == .apply(Openings(doors: [door], snowflake: true)))
        #expect(box.handle(.snowflake(.gone)) == [.apply(Openings(doors: [door]))])
    }

    @Test("A tor that comes back is led there again")
    func leadsAgain() {
        var box = supervisor(alone)
        for event in [Event.snowflake(.listens(port: 40001)), .torAnswers(bootstrap: 100)] { _ = box.handle(event) }
        #expect(box.handle(.torGone).first == .apply(.closed))
        #expect(box.handle(.torAnswers(bootstrap: 0)).contains(.leadTorToSnowflake(port: 40001)))
    }

    static let losses: [Event] = [
        .airlock(.broken("gone")), .uplink([]), .sources([]), .clock(.untrusted), .torGone, .stopping,
        .handOver(.closed), .openingsRefused("no such set"), .snowflake(.gone),
    ]

    @Test("Whatever fails shuts the program's way", arguments: losses)
    func shuts(loss: Event) {
        var box = supervisor(alone)
        for event in [Event.snowflake(.listens(port: 40001)), .torAnswers(bootstrap: 100)] { _ = box.handle(event) }
        let applied = box.handle(loss).filter { if case .apply = $0 { true } else { false } }
        #expect(applied == [.apply(.closed)])
    }

    @Test("Without such bridges the program's way is never open, even if it runs", arguments: [0, 100])
    func staysShut(percent: Int) {
        var box = supervisor(Entrances(onlyDoors: [door]))
        _ = box.handle(.snowflake(.listens(port: 40001)))
        let effects = box.handle(.torAnswers(bootstrap: percent))
        #expect(
            effects.first == .apply(Openings(doors: [door], carriesLAN: percent == 100)), "\(effects)")
    }

    @Test("IPv6 alone is enough, whatever the address is by which tor knows the bridge")
    func goesOverIPv6() {
        var box = supervisor(alone, on: homeOverIPv6)
        _ = box.handle(.snowflake(.listens(port: 40001)))
        #expect(box.handle(.torAnswers(bootstrap: 0)).contains(.letTorConnect(.everywhere)))
    }
}
