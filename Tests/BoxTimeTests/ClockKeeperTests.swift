import NetAddress
import Testing
import TorDocuments
import TorLink

@testable import BoxTime

@Suite("The clock's keeper")
struct ClockKeeperTests {
    private static let day: Int64 = 86_400

    @Test(
        "A machine that wakes with a wrong clock gets the right one, once",
        arguments: [-1_800_000_000, -5 * 3_600, -1_200, 1_200, 5 * 3_600, 350_000_000])
    func wakes(error: Int64) {
        var bench = KeeperBench(off: error)
        bench.start()
        #expect(bench.keeper.trust == .confirmed && bench.isRight && bench.steps == 1)
        #expect(bench.asked.count <= SourcePool.perRound)
        #expect(bench.saved.last == bench.machine.now.seconds)
    }

    @Test("A right clock is confirmed and not touched")
    func right() {
        var bench = KeeperBench(off: 0)
        bench.start()
        #expect(bench.keeper.trust == .confirmed && bench.steps == 0 && bench.slews == 0)
    }

    @Test("No clock is believed before relays have spoken, however right it looks")
    func untrusted() {
        var bench = KeeperBench(off: 0)
        bench.handle(.started(nil))
        #expect(bench.keeper.trust == .none)
        #expect(bench.effects.last == .tell(.none))
        bench.answers = { $0.silence(of: $1) }
        bench.handle(.uplink([.ipv4]))
        #expect(bench.keeper.trust == .none && bench.steps == 0)
    }

    @Test("Lying relays are named and move nothing", arguments: 1...4, [3_600, 315_360_000])
    func liars(count: Int, lie: Int64) {
        var bench = KeeperBench(off: -1_000_000_000, sources: Relays.sources(9))
        let liars = Set(Relays.sources(9)[..<count].map(\.relay))
        bench.answers = { $0.answer(of: $1, off: liars.contains($1.pin.fingerprint) ? lie : 0) }
        bench.start()
        #expect(bench.isRight && bench.keeper.trust == .confirmed)
        for liar in liars { #expect(bench.said.contains { $0.contains("\(liar)") }) }
    }

    @Test("Liars that answer last move nothing, and are named too", arguments: 1...4)
    func lateLiars(count: Int) {
        var bench = KeeperBench(off: -1_000_000_000, sources: Relays.sources(9))
        let answered = Counter()
        bench.answers = { $0.answer(of: $1, off: answered.next() >= 9 - count ? 30 : 0) }
        bench.start()
        #expect(bench.isRight && bench.slews == 0 && bench.keeper.agreement?.dissenting.count == count)
    }

    @Test(
        "What no right clock shows changes nothing, and is said",
        arguments: [Relays.release - 7_200, Relays.release + 21 * 366 * day])
    func bounds(majority: Int64) {
        var bench = KeeperBench(off: 0)
        let lie = majority - bench.machine.truth
        bench.answers = { $0.answer(of: $1, off: lie) }
        bench.start()
        bench.pass(3_600)
        #expect(bench.keeper.trust == .none && bench.steps == 0 && bench.saved.isEmpty)
        #expect(bench.said.contains { $0.contains("no right clock shows") })
    }

    @Test("The clock is never set before the last good time saved")
    func saved() {
        var bench = KeeperBench(off: -9_999, saved: Relays.truth + 3_600)
        bench.start()
        #expect(bench.steps == 0 && bench.keeper.trust == .none)
    }

    @Test("A saved time that no right clock has shown is left out of account", arguments: [0, Int64.max, Int64.min])
    func damaged(saved: Int64) {
        #expect(ClockBounds(release: Relays.release, saved: saved).floor == Relays.release)
    }

    @Test("When most relays are dead, others are asked, and their answers are counted together")
    func dead() {
        var bench = KeeperBench(off: -1_000_000_000, sources: Relays.sources(60))
        let living = Set(Relays.sources(60).map(\.relay).filter { "\($0)".last == "3" })
        bench.answers = { living.contains($1.pin.fingerprint) ? $0.answer(of: $1) : $0.silence(of: $1) }
        bench.start()
        bench.pass(3_600)
        #expect(bench.keeper.trust == .confirmed && bench.isRight)
        #expect(bench.asked.count > SourcePool.perRound)
    }

    @Test("Only addresses of the uplink's families are asked", arguments: AddressFamily.allCases)
    func families(family: AddressFamily) {
        var bench = KeeperBench(off: 0)
        bench.handle(.started(nil))
        bench.handle(.uplink([family]))
        let asked = bench.effects.compactMap { if case .ask(let relays) = $0 { relays } else { nil } }.joined()
        #expect(!asked.isEmpty)
        #expect(asked.allSatisfy { $0.endpoint.address.family == family })
    }

    @Test("Authorities are asked only where there are too few others", arguments: [0, 4, 5, 30])
    func authorities(others: Int) {
        let authorities = (100..<109).map { Relays.source($0, from: .authority) }
        var bench = KeeperBench(off: 0, sources: Relays.sources(others) + authorities)
        bench.start()
        let asked = Set(bench.asked.map(\.relay))
        #expect(asked.isDisjoint(with: authorities.map(\.relay)) == (others >= 5))
        #expect(bench.keeper.trust == .confirmed)
    }

    @Test("A consensus never chooses all relays of a round where there is a list")
    func mixes() {
        let relays = (100..<400).map { Relays.source($0, from: .consensus) }
        var bench = KeeperBench(off: 0, sources: Relays.sources(30) + relays)
        bench.start()
        let fallbacks = Set(Relays.sources(30).map(\.relay))
        #expect(bench.asked.count { fallbacks.contains($0.relay) } == 5)
    }

    @Test("A day without an answer costs few connections, and no relay is asked often")
    func outage() {
        var bench = KeeperBench(off: 0, sources: Relays.sources(200))
        bench.answers = { $0.silence(of: $1) }
        bench.start()
        bench.pass(Self.day)
        #expect((1_000...2_000).contains(bench.asked.count))
        let counts = Dictionary(grouping: bench.asked, by: \.relay).mapValues(\.count)
        #expect(counts.values.max() ?? 0 <= 10)
    }

    @Test("With three relays in all, each is asked at most 16 times in the first hour and 210 times a day")
    func outageOfFew() {
        var bench = KeeperBench(off: 0, sources: Relays.sources(3))
        bench.answers = { $0.silence(of: $1) }
        bench.start()
        bench.pass(3_600)
        #expect(bench.asked.count <= 3 * 16)
        bench.pass(Self.day - 3_600)
        #expect(bench.asked.count <= 3 * 210)
    }

    @Test("An uplink that comes and goes does not hurry the box much")
    func flapping() {
        var bench = KeeperBench(off: 0, sources: Relays.sources(200))
        bench.answers = { $0.silence(of: $1) }
        bench.start()
        for _ in 0..<Self.day / 10 {
            bench.handle(.uplink([]))
            bench.pass(5)
            bench.handle(.uplink([.ipv4]))
            bench.pass(5)
        }
        #expect(bench.asked.count <= 8_000)
    }

    @Test("A box that runs looks at relays two to five times a day, and slews what has drifted", arguments: [-20, 20])
    func drift(error: Int64) {
        var bench = KeeperBench(off: 0)
        bench.start()
        let first = bench.asked.count
        // The kernel's clock went wrong in all its forms, as a bad crystal makes it.
        bench.machine.start -= error * second
        bench.machine.sinceStart += error * second
        bench.machine.error += error * second
        bench.pass(Self.day)
        #expect((1...4).contains((bench.asked.count - first) / SourcePool.perRound))
        #expect(bench.steps == 0 && bench.slews >= 1 && bench.isRight)
        #expect(bench.saved.count >= 24)
    }

    @Test("A large jump while the box runs is refused and shown", arguments: [-100, 100, 86_400])
    func jump(lie: Int64) {
        var bench = KeeperBench(off: 0)
        bench.start()
        bench.answers = { $0.answer(of: $1, off: lie) }
        bench.pass(Self.day)
        #expect(bench.steps == 0 && bench.slews == 0 && bench.keeper.trust == .confirmed)
        #expect(bench.keeper.notice?.contains("not changed") == true)
    }

    @Test("Trust outlives torboxd, unless the clock was moved meanwhile", arguments: [0, 2, -2, 86_400])
    func restart(moved: Int64) throws {
        var bench = KeeperBench(off: -5_000)
        bench.start()
        let memory = try #require(bench.memory)
        var next = KeeperBench(off: bench.machine.error / second + moved)
        next.machine.error = bench.machine.error + moved * second
        next.machine.sinceStart = bench.machine.sinceStart + 60 * second
        next.answers = { $0.silence(of: $1) }
        next.start(memory)
        #expect(next.keeper.trust == (moved == 0 ? .confirmed : .none))
        #expect(next.asked.isEmpty == (moved == 0))
    }

    @Test("Who moves the clock of a running box has relays asked again")
    func moved() {
        var bench = KeeperBench(off: 0)
        bench.start()
        bench.machine.error = 7_200 * second
        bench.pass(5)
        #expect(bench.effects.contains(.tell(.none)))
        #expect(bench.isRight && bench.keeper.trust == .confirmed)
    }

    @Test("A consensus from after what the clock shows has relays asked at once", arguments: [600, 90_000])
    func consensus(ahead: Int64) {
        var bench = KeeperBench(off: 0)
        bench.start()
        let first = bench.asked.count
        bench.handle(.consensus(validAfter: bench.machine.truth + ahead))
        bench.pass(5)
        #expect((bench.asked.count > first) == (ahead > 3_600))
    }

    @Test("A round that never ends is given up after a minute")
    func hangs() {
        var keeper = ClockKeeper(
            bounds: ClockBounds(release: Relays.release), behindBridges: false, distinctNetworks: true, random: Lots())
        var machine = Machine(off: 0)
        _ = keeper.handle(.sources(Relays.sources(20)), at: machine.now)
        _ = keeper.handle(.started(nil), at: machine.now)
        #expect(keeper.handle(.uplink([.ipv4]), at: machine.now).count == 1)
        machine.sinceStart += 61 * second
        _ = keeper.handle(.timePassed, at: machine.now)
        machine.sinceStart += 6 * second
        let again = keeper.handle(.timePassed, at: machine.now)
        #expect(again.contains { if case .ask = $0 { true } else { false } })
    }

    @Test("Who was not asked, or has answered, is not heard")
    func strangers() {
        var bench = KeeperBench(off: 0, sources: Relays.sources(2))
        bench.answers = { _, _ in nil }
        bench.start()
        for number in 0..<20 {
            let relay = RelayClock(Relays.source(number % 4).endpoints[0], RelayPin(Relays.source(number % 4).relay))
            bench.handle(.line(bench.machine.answer(of: relay, off: 3_600)))
        }
        #expect(bench.keeper.trust == .none && bench.steps == 0)
    }
}

/// Counts calls, from wherever they come.
final class Counter: @unchecked Sendable {
    private var count = 0

    func next() -> Int {
        defer { count += 1 }
        return count
    }
}
