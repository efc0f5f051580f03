import BoxModel
import BoxSupervisor
import NetAddress
import Testing

private let lan = [Network("10.84.0.1/24")!, Network("fd84:84:84::1/64")!]
private let home = Network("192.168.1.50/24")!
private let doors: Set<Endpoint> = [Endpoint("198.51.100.11:9001")!, Endpoint("[2001:db8:51::11]:9001")!]
private let guards = doors.union([Endpoint("198.51.100.12:9001")!])
private let entrances = Entrances(doors: doors, guards: guards)
private let ticked = HardwareAddress("02:00:00:00:00:01")!
private let banned = HardwareAddress("02:00:00:00:00:02")!
private let devices = Event.devices(ownTor: [ticked], blocked: [banned])
/// What an open box lets through when every device's own Tor passes.
private let allOpen = Openings(
    doors: doors, carriesLAN: true, guards: guards, ownTor: .ofEveryDevice, blocked: [banned])

/// The events of a boot in which all goes well, in an order that a machine may have.
private let boot: [Event] = [
    .airlock(.held), .uplink([home]), .sources([home.address]), .clock(.trusted), devices, .entrances(entrances),
    .torAnswers(bootstrap: 0), .torBootstrap(50), .torBootstrap(100),
]

private func supervisor(after events: [Event], policy: OwnTorPolicy = .automatic) -> Supervisor {
    var supervisor = Supervisor(lan: lan, policy: policy)
    for event in events { _ = supervisor.handle(event) }
    return supervisor
}

@Suite("The supervisor")
struct SupervisorTests {
    @Test("A boot goes through closed and connecting to open, and opens no more than each state lets through")
    func boots() {
        var supervisor = Supervisor(lan: lan, policy: .automatic)
        var effects = boot.flatMap { supervisor.handle($0) }
        effects.removeAll { $0 == .raiseInterfaces }
        #expect(
            effects == [
                .apply(Openings(doors: doors)), .resolveThroughTor(false), .letTorConnect(.everywhere),
                .serveTime(true), .announce(Situation(.connecting, .bootstrapping(0))),
                .announce(Situation(.connecting, .bootstrapping(50))),
                .apply(allOpen), .resolveThroughTor(true),
                .announce(Situation(.open)),
            ])
    }

    @Test("What fails at the bridges is said until tor comes on")
    func bridgesFail() {
        var supervisor = supervisor(after: Array(boot.prefix(7)))
        let fails = Situation(.connecting, .bridgesFail(0, .refused))
        #expect(supervisor.handle(.bridgeFailed(.refused)) == [.announce(fails)])
        #expect(supervisor.handle(.bridgeFailed(.refused)).isEmpty)
        #expect(supervisor.handle(.torBootstrap(0)).isEmpty)
        #expect(
            supervisor.handle(.torBootstrap(50)) == [.announce(Situation(.connecting, .bootstrapping(50)))])
        _ = supervisor.handle(.bridgeFailed(.noAnswer))
        #expect(supervisor.handle(.torBootstrap(100)).last == .announce(Situation(.open)))
        #expect(supervisor.handle(.bridgeFailed(.noAnswer)).isEmpty)
    }

    @Test("Until every fact is known nothing is applied, so a restarted daemon keeps what it finds", arguments: 0..<7)
    func waitsForAllFacts(missing: Int) {
        var supervisor = Supervisor(lan: lan, policy: .automatic)
        var firstFacts = Array(boot.prefix(7))
        firstFacts.remove(at: missing)
        let effects = firstFacts.flatMap { supervisor.handle($0) }
        #expect(effects.allSatisfy { $0 == .raiseInterfaces })
        #expect(supervisor.situation == nil)
    }

    @Test("That no consensus is valid any more is a notice, in every state, until there is one again")
    func noticesTheLackOfConsensus() {
        var box = supervisor(after: boot)
        #expect(box.notices == [])
        _ = box.handle(.entrances(Entrances(doors: doors, hasValidConsensus: false)))
        #expect(box.notices == [.noValidConsensus])
        #expect(box.situation?.state == .open)
        _ = box.handle(.torGone)
        #expect(box.notices == [.noValidConsensus])
        #expect("\(box.notices[0])".contains("the devices' own Tor is refused until"))
        _ = box.handle(.entrances(entrances))
        #expect(box.notices == [])
        #expect(Supervisor(lan: lan, policy: .automatic).notices == [], "before it is known")
    }

    @Test("A refused document is a notice and changes nothing else, until it is taken back")
    func noticesRefusals() {
        var box = supervisor(after: boot)
        #expect(box.handle(.documentsRefused(["a: broken", "b: forged"])) == [])
        #expect(box.notices == [.documentRefused("a: broken"), .documentRefused("b: forged")])
        #expect(box.handle(.documentsRefused([])) == [])
        #expect(box.notices == [])
    }

    static let obstacles: [Event] = [
        .airlock(.broken("a rule is missing")), .uplink([]), .uplink([Network("10.84.0.77/24")!]),
    ]

    @Test("What closes the box does so at once, though tor has not said a word", arguments: obstacles)
    func closesBeforeTorAnswers(obstacle: Event) {
        var supervisor = Supervisor(lan: lan, policy: .automatic)
        #expect(supervisor.handle(obstacle).contains(.apply(.closed)))
        #expect(supervisor.situation?.state == .closed)
    }

    @Test("A restarted daemon goes straight to open with one exchange of sets")
    func takesOver() {
        var supervisor = Supervisor(lan: lan, policy: .automatic)
        let facts: [Event] = [
            .airlock(.held), .clock(.trusted), .uplink([home]), .sources([home.address]), .entrances(entrances),
            devices,
            .torAnswers(bootstrap: 100),
        ]
        let effects = facts.flatMap { supervisor.handle($0) }
        #expect(
            effects == [
                .raiseInterfaces, .apply(allOpen), .resolveThroughTor(true),
                .letTorConnect(.everywhere), .serveTime(true),
                .announce(Situation(.open)),
            ])
    }

    @Test("The LAN is told the time as long as the clock is trusted, whatever else fails, and not a moment longer")
    func servesTime() {
        func told(_ effects: [Effect]) -> [Effect] {
            effects.filter { if case .serveTime = $0 { true } else { false } }
        }
        var box = Supervisor(lan: lan, policy: .automatic)
        let beforeTrust = boot.map { $0 == .clock(.trusted) ? .clock(.untrusted) : $0 }
        #expect(told(beforeTrust.flatMap { box.handle($0) }) == [.serveTime(false)])
        #expect(told(box.handle(.clock(.provisional))) == [], "nobody stands for it")
        #expect(told(box.handle(.clock(.trusted))) == [.serveTime(true)])
        #expect(told(Self.losses.filter { $0.0 != .clock(.untrusted) }.flatMap { box.handle($0.0) }) == [])
        #expect(told(box.handle(.clock(.provisional))) == [.serveTime(false)])
        #expect(told(box.handle(.clock(.untrusted))) == [])
    }

    @Test("A clock that nobody stands for is enough for tor, and the owner is told")
    func opensProvisionally() {
        let box = supervisor(after: boot.map { $0 == .clock(.trusted) ? .clock(.provisional) : $0 })
        #expect(box.situation == Situation(.open))
        #expect(box.notices == [.clockUnconfirmed])
    }

    @Test("tor is told when IPv6 is all there is, and when IPv4 comes or goes")
    func tellsFamilies() {
        let ipv6 = Network("2001:db8:192::50/64")!
        let both: Set<IPAddress> = [home.address, ipv6.address]
        var box = supervisor(after: Array(boot.prefix(6)) + [.uplink([home, ipv6]), .sources([ipv6.address])])
        #expect(box.handle(.torAnswers(bootstrap: 0)).contains(.letTorConnect(.overIPv6Alone)))
        #expect(box.handle(.torBootstrap(100)).allSatisfy { if case .letTorConnect = $0 { false } else { true } })
        #expect(box.handle(.sources(both)) == [.letTorConnect(.everywhere)])
        #expect(box.handle(.sources([home.address])) == [])
        #expect(box.handle(.sources([ipv6.address])) == [.letTorConnect(.overIPv6Alone)])
        #expect(box.handle(.sources([])).contains(.letTorConnect(.nowhere)))
    }

    static let losses: [(Event, Situation)] = [
        (.airlock(.broken("a rule is missing")), Situation(.closed, .airlock("a rule is missing"))),
        (.uplink([]), Situation(.closed, .noUplinkAddress)),
        (
            .uplink([Network("10.84.0.77/24")!]),
            Situation(.closed, .sameNetwork(uplink: Network("10.84.0.77/24")!, lan: lan[0]))
        ),
        (
            .uplink([home, Network("fd84:84:84::5/48")!]),
            Situation(.closed, .sameNetwork(uplink: Network("fd84:84:84::5/48")!, lan: lan[1]))
        ),
        (.sources([]), Situation(.closed, .noWay)),
        (.sources([IPAddress("10.84.0.1")!]), Situation(.closed, .noWay)),
        (
            .entrances(Entrances(doors: [Endpoint("[2001:db8:51::11]:9001")!])),
            Situation(.closed, .noWay)
        ),
        (.clock(.untrusted), Situation(.clock, .clockNotTrusted)),
        (.torGone, Situation(.closed, .torNotRunning)),
        (.openingsRefused("no such set"), Situation(.closed, .airlock("no such set"))),
        (.stopping, Situation(.closed, .stopping)),
    ]

    @Test("Every loss closes an open box, the sets first", arguments: losses)
    func closes(loss: Event, expected: Situation) throws {
        var open = supervisor(after: boot)
        #expect(open.situation == Situation(.open))
        let effects = open.handle(loss)
        #expect(open.situation == expected)
        let applied = effects.filter { if case .apply = $0 { true } else { false } }
        #expect(applied == [.apply(.closed)])
        if let apply = effects.firstIndex(of: .apply(.closed)),
            let network = effects.firstIndex(of: .letTorConnect(.nowhere))
        {
            #expect(apply < network)
        }
    }

    @Test("While the clock is not trusted only the relays that are asked now are open, and they are asked then")
    func asksForTime() {
        var box = supervisor(after: boot + [.clock(.untrusted)])
        #expect(box.handle(.clockRound(doors)) == [.apply(Openings(clockDoors: doors)), .askForTime])
        #expect(box.handle(.clockRound([])) == [.apply(.closed)])
        #expect(box.handle(.clockRound(doors)) == [.apply(Openings(clockDoors: doors)), .askForTime])
        #expect(box.handle(.clock(.trusted)).first == .apply(allOpen))
    }

    @Test("While the box works, a round goes through the doors that are there", arguments: [50, 100])
    func asksAgain(percent: Int) {
        var box = supervisor(after: Array(boot.dropLast()) + [.torBootstrap(percent)])
        #expect(box.handle(.clockRound(doors)) == [.askForTime])
        #expect(box.handle(.clockRound([])).isEmpty)
    }

    @Test("A closed box asks nobody; a round that waits is let out later", arguments: losses.dropLast().map(\.0))
    func asksNobody(loss: Event) {
        guard loss != .clock(.untrusted) else { return }
        var box = supervisor(after: boot + [loss])
        #expect(box.handle(.clockRound(doors)).isEmpty)
        let mended: [Event] = [
            .airlock(.held), .uplink([home]), .sources([home.address]), .entrances(entrances),
            .torAnswers(bootstrap: 0),
        ]
        #expect(mended.flatMap { box.handle($0) }.count { $0 == .askForTime } == 1)
    }

    @Test("A broken airlock takes the uplinks down before it is loaded again")
    func mendsTheAirlock() {
        var open = supervisor(after: boot)
        #expect(open.handle(.airlock(.broken("gone"))).starts(with: [.lowerUplinks, .loadAirlock]))
        #expect(open.handle(.airlock(.held)).contains(.apply(allOpen)))
    }

    @Test("A tor that comes back is let out again, since it starts with its network off")
    func switchesANewTorOn() {
        var box = supervisor(after: boot + [.torGone])
        let effects = box.handle(.torAnswers(bootstrap: 0))
        #expect(effects.contains(.letTorConnect(.everywhere)))
    }

    @Test(
        "A late event of a tor that is gone opens nothing", arguments: [Event.torBootstrap(100), .entrances(entrances)])
    func ignoresLateEvents(event: Event) {
        var box = supervisor(after: boot + [.torGone])
        #expect(box.handle(event).isEmpty)
        #expect(box.situation?.state == .closed)
    }

    @Test("New relays change doors and guards, in one exchange, and nothing else")
    func exchangesDoors() {
        var open = supervisor(after: boot)
        let other: Set<Endpoint> = [Endpoint("198.51.100.99:443")!]
        var expected = allOpen
        (expected.doors, expected.guards) = (other, doors)
        #expect(open.handle(.entrances(Entrances(doors: other, guards: doors))) == [.apply(expected)])
    }

    @Test("Without a valid consensus the pass closes, and the box's own tor keeps the directories")
    func closesThePass() {
        var open = supervisor(after: boot)
        let directories = doors.filter { if case .v4 = $0.address { true } else { false } }
        let effects = open.handle(.entrances(Entrances(doors: directories)))
        #expect(
            effects == [
                .apply(Openings(doors: directories, carriesLAN: true, ownTor: .ofEveryDevice, blocked: [banned]))
            ])
    }

    static let policies: [(OwnTorPolicy, Openings.OwnTor, Set<Endpoint>)] = [
        (.automatic, .ofEveryDevice, guards), (.chosen, .of([ticked]), guards), (.never, .of([]), []),
    ]

    @Test("The owner's policy says whose own Tor passes", arguments: policies)
    func heedsThePolicy(policy: OwnTorPolicy, ownTor: Openings.OwnTor, guards: Set<Endpoint>) {
        var box = supervisor(after: Array(boot.dropLast()), policy: policy)
        let opened = Openings(doors: doors, carriesLAN: true, guards: guards, ownTor: ownTor, blocked: [banned])
        #expect(box.handle(.torBootstrap(100)).first == .apply(opened))
    }

    @Test("A device that is ticked and blocked is blocked; with nobody ticked there are no guards")
    func blockedWins() {
        for ownTor: Set<HardwareAddress> in [[banned], []] {
            var box = supervisor(after: boot, policy: .chosen)
            let effects = box.handle(.devices(ownTor: ownTor, blocked: [banned]))
            #expect(effects == [.apply(Openings(doors: doors, carriesLAN: true, blocked: [banned]))])
        }
    }

    @Test("No order of events lets through more than the facts allow", arguments: 1...200)
    func holdsInAnyOrder(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        let pool =
            boot + Self.losses.map(\.0).filter { $0 != .stopping } + [.clockRound(guards), .clockRound([])]
        var box = Supervisor(lan: lan, policy: .automatic)
        for _ in 0..<60 {
            let event = pool.randomElement(using: &random)!
            for case .apply(let openings) in box.handle(event) where openings != .closed {
                #expect(box.facts.airlock == .held)
                #expect(box.facts.uplinkAddresses == [home])
                #expect(box.facts.sources == [home.address])
                guard openings.clockDoors.isEmpty else {
                    #expect(openings == Openings(clockDoors: guards) && box.facts.clock == .untrusted)
                    continue
                }
                #expect(box.facts.clock == .trusted)
                guard case .answers(let percent) = box.facts.tor else {
                    Issue.record("opened without tor after \(event)")
                    continue
                }
                #expect(openings == (percent == 100 ? allOpen : Openings(doors: doors)))
            }
        }
    }

    @Test("Before other doors or another tor, nothing more leaves until the next supervisor decides")
    func handsOverClosed() {
        var box = supervisor(after: boot)
        #expect(
            box.handle(.handOver(.closed)) == [
                .apply(.closed), .resolveThroughTor(false), .letTorConnect(.nowhere),
                .announce(Situation(.closed, .newSettings)),
            ])
        for event in boot {
            let effects = box.handle(event)
            #expect(!effects.contains { if case .apply = $0 { true } else { false } }, "\(event)")
        }
    }

    @Test("Before another policy, the devices' own Tor is refused and all else goes on")
    func handsOverWithoutOwnTor() {
        var box = supervisor(after: boot)
        #expect(
            box.handle(.handOver(.withoutOwnTor))
                == [.apply(Openings(doors: doors, carriesLAN: true, blocked: [banned]))])
        #expect(box.situation?.state == .open)
    }

    @Test("To whom the refused was addressed is noted in every state, until the airlock breaks, a change, or the end")
    func notesPlaces() {
        let ends: [Event] = [.airlock(.broken("x")), .handOver(.asItIs), .handOver(.closed), .stopping]
        for end in ends {
            var box = Supervisor(lan: lan, policy: .automatic, notesPlaces: true)
            let applied = ([.airlock(.held), .uplink([])] + boot).flatMap { box.handle($0) }.compactMap(\.openings)
            #expect(
                applied == [
                    Openings(notesPlaces: true), Openings(doors: doors, notesPlaces: true), allOpen.notingPlaces,
                ])
            let last = box.handle(end).compactMap(\.openings)
            #expect(last == [end == .handOver(.asItIs) ? allOpen : .closed], "\(end)")
        }
    }

    @Test("What only the pages need changes nothing")
    func handsOverAsItIs() {
        var box = supervisor(after: boot)
        #expect(box.handle(.handOver(.asItIs)).isEmpty)
    }

    @Test("While not all is known, the sets may be an earlier torboxd's, so they are emptied", arguments: [0, 3, 6])
    func handsOverUnknown(known: Int) {
        for handOver in [HandOver.closed, .withoutOwnTor] {
            var box = supervisor(after: Array(boot.prefix(known)))
            #expect(box.handle(.handOver(handOver)).contains(.apply(.closed)))
        }
        var box = supervisor(after: Array(boot.prefix(known)))
        #expect(box.handle(.handOver(.asItIs)).isEmpty)
    }
}

/// SplitMix64, so that a failing order can be repeated.
private struct SeededGenerator: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) {
        state = seed
    }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}

extension Effect {
    fileprivate var openings: Openings? {
        if case .apply(let openings) = self { openings } else { nil }
    }
}

extension Openings {
    fileprivate var notingPlaces: Openings {
        var openings = self
        openings.notesPlaces = true
        return openings
    }
}
