import Testing

@testable import BoxTime

@Suite("Who stands in for relays")
struct StandInTests {
    @Test(
        "Behind bridges no relay is asked, and the clock is raised to its floor",
        arguments: [-1_800_000_000, 900_000_000])
    func floor(error: Int64) {
        var bench = KeeperBench(off: error, saved: Relays.truth - 500, behindBridges: true)
        bench.start()
        bench.pass(86_400)
        #expect(bench.asked.isEmpty && bench.steps == 1)
        #expect(bench.keeper.trust == .provisional)
        // A minute before the saved time, which was 500 s before the start, 100 s ago.
        #expect(bench.machine.error / second == -660)
        #expect(bench.saved.isEmpty)
    }

    @Test("Behind bridges tor's word is taken once, within the bounds")
    func torsWord() {
        var bench = KeeperBench(off: -40_000, behindBridges: true)
        bench.start()
        bench.handle(.torSays(skew: -40_000))
        #expect(bench.isRight && bench.keeper.trust == .provisional)
        bench.handle(.torSays(skew: 3_600))
        #expect(bench.isRight)
    }

    @Test(
        "A hostile bridge cannot move the clock beyond the bounds",
        arguments: [Int.min, -2_000_000_000, 5_000_000, Int.max])
    func hostileBridge(skew: Int) {
        var bench = KeeperBench(off: 0, behindBridges: true)
        bench.start()
        bench.handle(.torSays(skew: skew))
        #expect(bench.steps == 0)
        #expect(bench.said.contains { $0.contains("cannot be") })
    }

    @Test(
        "Where relays can be asked, tor's word and a date in its log count for nothing", arguments: [-86_400, 86_400])
    func torIgnored(skew: Int) {
        var bench = KeeperBench(off: 0)
        bench.start()
        bench.handle(.torSays(skew: skew))
        #expect(bench.steps == 0 && bench.isRight)
    }

    @Test("tor's word is used once in a boot, also over a restart of torboxd")
    func torsWordAfterRestart() throws {
        var bench = KeeperBench(off: -40_000, behindBridges: true)
        bench.start()
        bench.handle(.torSays(skew: -40_000))
        var next = KeeperBench(off: 0, behindBridges: true)
        next.machine = bench.machine
        let memory = try #require(bench.memory)
        next.start(memory)
        next.handle(.torSays(skew: -5_000))
        #expect(next.steps == 0)
    }

    @Test(
        "The owner's word sets a clock that nobody has confirmed, and repairs a saved time",
        arguments: [nil, Relays.truth + 9_000_000])
    func owner(saved: Int64?) throws {
        var bench = KeeperBench(off: -1_800_000_000, saved: saved)
        bench.answers = { $0.silence(of: $1) }
        bench.start()
        try bench.setByOwner(bench.machine.truth)
        #expect(bench.isRight && bench.keeper.trust == .owner)
        #expect(bench.saved.last == bench.machine.now.seconds)
        #expect(bench.keeper.bounds.floor <= bench.machine.truth)
    }

    @Test("Relays overrule the owner")
    func overruled() throws {
        var bench = KeeperBench(off: -1_800_000_000)
        bench.answers = { $0.silence(of: $1) }
        bench.start()
        try bench.setByOwner(bench.machine.truth - 7_200)
        bench.answers = { $0.answer(of: $1) }
        bench.pass(3_600)
        #expect(bench.keeper.trust == .confirmed && bench.isRight)
    }

    @Test("The owner's word is refused where a quorum has confirmed the clock")
    func refused() {
        var bench = KeeperBench(off: 0)
        bench.start()
        let refusal = #expect(throws: TimeRefusal.self) { try bench.setByOwner(bench.machine.truth) }
        #expect(refusal?.kind == .confirmed)
    }

    @Test(
        "The owner's word is refused before the release and after the horizon",
        arguments: [0, Relays.release - 1, Relays.release + 631_000_000])
    func outOfBounds(seconds: Int64) {
        var bench = KeeperBench(off: 0)
        let refusal = #expect(throws: TimeRefusal.self) { try bench.setByOwner(seconds) }
        guard case .outOfBounds(let from, let to)? = refusal?.kind else {
            Issue.record("another refusal")
            return
        }
        #expect(from == Relays.release && !(from...to).contains(seconds))
    }

    @Test("A clock that cannot be set is not relied on")
    func notSet() throws {
        var keeper = ClockKeeper(
            bounds: ClockBounds(release: Relays.release), behindBridges: false, distinctNetworks: true, random: Lots())
        let machine = Machine(off: -7_200)
        _ = try keeper.setByOwner(Relays.truth, at: machine.now)
        let effects = keeper.handle(.clockNotSet("not permitted"), at: machine.now)
        #expect(keeper.trust == .none)
        #expect(effects == [.say("the clock could not be set: not permitted")])
    }

    @Test("A time is said as people read it")
    func words() {
        #expect(UTC.words(1_795_350_896) == "2026-11-22 12:34:56 UTC")
    }
}
