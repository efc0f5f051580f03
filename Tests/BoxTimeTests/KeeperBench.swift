import TorDocuments
import TorLink

@testable import BoxTime

/// A keeper, the machine whose clock it keeps, and the relays that it asks.
struct KeeperBench {
    var machine: Machine
    var keeper: ClockKeeper
    private(set) var effects: [ClockEffect] = []
    /// Every relay that was asked, with the time since start.
    private(set) var asked: [(relay: Fingerprint, at: Int64)] = []
    /// What a relay answers; `nil` for none.
    var answers: @Sendable (Machine, RelayClock) -> ClockLine? = { $0.answer(of: $1) }

    init(
        off error: Int64, saved: Int64? = nil, behindBridges: Bool = false, sources: [ClockSource] = Relays.sources(30)
    ) {
        machine = Machine(off: error)
        keeper = ClockKeeper(
            bounds: ClockBounds(release: Relays.release, saved: saved), behindBridges: behindBridges,
            distinctNetworks: true, random: Lots())
        handle(.sources(sources))
    }

    /// A machine that has just started and has a network.
    mutating func start(_ memory: ClockMemory? = nil) {
        handle(.started(memory))
        handle(.uplink([.ipv4, .ipv6]))
    }

    /// Has an event handled, and all that follows from it, but for the relays' answers.
    mutating func handle(_ event: ClockEvent) {
        perform(keeper.handle(event, at: machine.now))
    }

    mutating func setByOwner(_ seconds: Int64) throws(TimeRefusal) {
        perform(try keeper.setByOwner(seconds, at: machine.now))
    }

    private mutating func perform(_ effects: [ClockEffect]) {
        self.effects += effects
        for effect in effects {
            switch effect {
            case .ask(let relays):
                asked += relays.map { ($0.pin.fingerprint, machine.sinceStart) }
                // They answer at once, one after the other.
                for line in relays.compactMap({ answers(machine, $0) }) { handle(.line(line)) }
                handle(.roundEnded)
            case .step(let offset):
                machine.error = offset - machine.start
                handle(.clockSet)
            case .slew(let amount):
                // Both of the machine's clocks make it up.
                machine.start -= amount
                machine.sinceStart += amount
                machine.error += amount
            case .save, .remember, .tell, .say:
                break
            }
        }
    }

    /// Lets time pass in steps of five seconds.
    mutating func pass(_ seconds: Int64) {
        for _ in 0..<seconds / 5 {
            machine.sinceStart += 5 * second
            handle(.timePassed)
        }
    }

    /// Whether the clock is within two seconds of the truth.
    var isRight: Bool { abs(machine.error) <= 2 * second }
    var steps: Int { effects.count { if case .step = $0 { true } else { false } } }
    var slews: Int { effects.count { if case .slew = $0 { true } else { false } } }
    var saved: [Int64] { effects.compactMap { if case .save(let seconds) = $0 { seconds } else { nil } } }
    var said: [String] { effects.compactMap { if case .say(let words) = $0 { words } else { nil } } }
    var memory: ClockMemory? {
        effects.reduce(nil) { if case .remember(let memory) = $1 { memory } else { $0 } }
    }
}
