import BoxConfiguration
import BoxModel
import BoxSupervisor
import BoxTime
import Glibc
import HostSystem
import Logging
import TorDocuments

/// Reads the documents that tor keeps on the disk, verifies them anew, and tells where the Tor network is entered.
struct ConsensusWatch: Sendable {
    private let configuration: Configuration.Tor
    private let folder: String
    private let inbox: Inbox
    private let clock: ClockInbox
    private let now: @Sendable () -> UnixTime
    private let log: Logger
    private let reasons: AsyncStream<Void>
    private let continuation: AsyncStream<Void>.Continuation

    /// - Parameters:
    ///   - folder: tor's data directory. Its owner is tor's user, so nothing in it is believed.
    ///   - now: the time of day.
    init(
        _ configuration: Configuration.Tor, folder: String, inbox: Inbox, clock: ClockInbox,
        now: @escaping @Sendable () -> UnixTime = { UnixTime(seconds: Int64(time(nil))) }, log: Logger
    ) {
        self.configuration = configuration
        self.folder = folder
        self.inbox = inbox
        self.clock = clock
        self.now = now
        self.log = log
        (reasons, continuation) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))
    }

    /// Has the files looked at again, at once.
    func look() {
        continuation.yield()
    }

    /// Runs until the task is cancelled.
    func run() async {
        var consensuses = Consensuses(configuration)
        var told: Entrances?
        var newestStart: UnixTime?
        clock.send(.sources(consensuses.clockSources))
        var said: [String: DocumentError.Kind] = [:]
        await withTaskGroup { group in
            group.addTask {
                // A consensus also ends, and the clock is set, without a sound.
                while !Task.isCancelled {
                    continuation.yield()
                    guard (try? await Task.sleep(for: .seconds(20))) != nil else { return }
                }
            }
            for await _ in reasons {
                read(into: &consensuses, &said)
                if let start = consensuses.newestStart, start != newestStart {
                    clock.send(.sources(consensuses.clockSources))
                    clock.send(.consensus(validAfter: start.seconds))
                    newestStart = start
                }
                let now = now()
                consensuses.forget(at: now)
                let entrances = consensuses.entrances(at: now)
                guard entrances != told else { continue }
                tell(entrances, after: told)
                told = entrances
            }
            group.cancelAll()
        }
    }

    private func read(into consensuses: inout Consensuses, _ said: inout [String: DocumentError.Kind]) {
        let certificates = DurableFile(folder + "/cached-certs")
        for name in ["cached-microdesc-consensus", "cached-consensus"] {
            let file = DurableFile(folder + "/" + name)
            guard file.exists, certificates.exists else { continue }
            do {
                try consensuses.take(
                    file.read(limit: UncheckedConsensus.largestDocument),
                    certificates: certificates.read(limit: UncheckedKeyCertificate.largestDocument),
                    at: now())
                said[name] = nil
            } catch let error as DocumentError {
                // Its seconds count up; the reason is said once.
                if said.updateValue(error.kind, forKey: name) != error.kind {
                    log.error("\(name): refused, and what was known stays: \(error)")
                }
            } catch {
                if said.updateValue(.oversized, forKey: name) != .oversized { log.error("\(name): refused: \(error)") }
            }
        }
    }

    private func tell(_ entrances: Entrances, after told: Entrances?) {
        if entrances.guards.isEmpty {
            log.warning("no valid consensus: the devices' own Tor is refused, the box's may ask directories only")
        } else {
            log.info("\(entrances.doors.count) doors, \(entrances.guards.count) guards")
        }
        inbox.send(.entrances(entrances))
    }
}
