import BoxAPI
import BoxConfiguration
import BoxSupervisor
import BoxTime
import Glibc
import HostSystem
import Logging
import NetAddress
import TorLink

/// Keeps the machine's clock: hears of all that tells the time, has ``BoxTime/ClockKeeper`` judge, and acts by it.
///
/// The one place from which the daemon sets the clock.
actor ClockWatch {
    private let reader: ClockReader
    private let files: ClockFiles
    private let clockInbox: ClockInbox
    private let inbox: Inbox
    private let consensusWatch: ConsensusWatch
    private let restartTor: @Sendable () async throws -> Void
    private let log: Logger
    private var keeper: ClockKeeper
    private let rounds: AsyncStream<[RelayClock]>
    private let startRound: AsyncStream<[RelayClock]>.Continuation
    /// What waits for the supervisor to open the doors for it.
    private var waiting: [RelayClock] = []
    /// A tor that saw the clock jump farther may wait for what never comes.
    private static let jumpThatTorBears = 60 * second

    /// - Parameter restartTor: ends tor, which then is started again.
    init(
        _ configuration: Configuration, reader: ClockReader, files: ClockFiles, clockInbox: ClockInbox, inbox: Inbox,
        consensusWatch: ConsensusWatch, restartTor: @escaping @Sendable () async throws -> Void, log: Logger
    ) {
        self.reader = reader
        self.files = files
        self.clockInbox = clockInbox
        self.inbox = inbox
        self.consensusWatch = consensusWatch
        self.restartTor = restartTor
        self.log = log
        var saved: Int64?
        do {
            saved = try files.goodTime()
        } catch {
            log.error("time: \(error)")
        }
        keeper = ClockKeeper(
            bounds: ClockBounds(release: Release.time, saved: saved), behindBridges: configuration.onlyDoors != nil,
            distinctNetworks: configuration.tor.distinctSubnets)
        (rounds, startRound) = AsyncStream.makeStream(of: [RelayClock].self, bufferingPolicy: .bufferingNewest(1))
    }

    /// Runs until the task is cancelled.
    func run() async {
        var memory: ClockMemory?
        do {
            memory = try files.memory()
        } catch {
            log.error("time: what an earlier torboxd knew of it cannot be read, so relays are asked: \(error)")
        }
        await handle(.started(memory))
        await withTaskGroup { group in
            group.addTask {
                while (try? await Task.sleep(for: .seconds(3))) != nil { self.clockInbox.send(.timePassed) }
            }
            group.addTask {
                for await relays in self.rounds { await self.reader.ask(relays, self.clockInbox, self.log) }
            }
            for await event in clockInbox.events { await handle(event) }
            group.cancelAll()
        }
    }

    /// Starts the round that waits: its doors are open.
    func ask() {
        guard !waiting.isEmpty else { return }
        startRound.yield(waiting)
        waiting = []
    }

    /// Sets the clock by the owner's word, in seconds since 1970.
    ///
    /// - Throws: ``TimeRefusal``, or ``HostError`` where the clock cannot be set.
    func set(_ seconds: Int64) async throws {
        await perform(try keeper.setByOwner(seconds, at: Self.now()))
        // What sets the clock clears the notice, what fails to leaves one.
        if let notice = keeper.notice { throw HostError(.clock, notice) }
    }

    /// Keeps the time for the next start.
    func stop() async {
        await handle(.stopping)
    }

    func report() throws -> TimeReport {
        TimeReport(keeper, at: try Self.now())
    }

    private func handle(_ event: ClockEvent) async {
        do {
            let now = try Self.now()
            await perform(keeper.handle(event, at: now))
            if case .roundEnded = event { inbox.send(.clockRound([])) }
        } catch {
            log.error("\(error)")
        }
    }

    private func perform(_ effects: [ClockEffect]) async {
        for effect in effects {
            do {
                switch effect {
                case .ask(let relays):
                    waiting = relays
                    inbox.send(.clockRound([]))
                    inbox.send(.clockRound(Set(relays.map(\.endpoint))))
                case .step(let offset): await step(to: offset)
                case .slew(let nanoseconds):
                    try SystemClock.slew(nanoseconds)
                    log.notice("time: \(nanoseconds / 1_000_000) ms are made up little by little")
                case .save(let seconds): try files.keep(goodTime: seconds)
                case .remember(let memory): try files.keep(memory: memory)
                case .tell(let trust):
                    log.notice("time: \(trust.words)")
                    inbox.send(.clock(Clock(trust)))
                case .say(let words): log.warning("time: \(words)")
                }
            } catch {
                log.error("time: \(error)")
            }
        }
    }

    private func step(to offset: Int64) async {
        do {
            let before = try Self.now()
            try SystemClock.set(offset: offset)
            let jump = before.sinceStart + offset - before.timeOfDay
            log.notice("time: set by \(jump / second) s")
            if abs(jump) > Self.jumpThatTorBears { try await restartTor() }
        } catch {
            log.error("time: \(error)")
            return await handle(.clockNotSet("\(error)"))
        }
        // What was verified, or was not, was so by another time.
        consensusWatch.look()
        await handle(.clockSet)
    }

    private static func now() throws(HostError) -> Moment {
        let (sinceStart, timeOfDay) = try SystemClock.read()
        return Moment(sinceStart: sinceStart, timeOfDay: timeOfDay)
    }
}

extension Clock {
    fileprivate init(_ trust: ClockTrust) {
        self =
            switch trust {
            case .none: .untrusted
            case .provisional: .provisional
            case .owner, .confirmed: .trusted
            }
    }
}

extension ClockTrust {
    fileprivate var words: String {
        switch self {
        case .none: "nobody has confirmed it yet"
        case .provisional: "taken as it is, within its bounds"
        case .owner: "set by the owner"
        case .confirmed: "confirmed by relays"
        }
    }
}
