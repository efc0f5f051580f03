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
    private static let certificates = "cached-certs"
    private static let consensuses = ["cached-microdesc-consensus", "cached-consensus"]
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
        var said: [String: Refused] = [:]
        var toldRefusals: [String] = []
        // Before the first look, so that nothing comes in between unseen.
        let doorbell = doorbell()
        await withTaskGroup { group in
            group.addTask {
                // A consensus also ends, and the clock is set, without a sound.
                while !Task.isCancelled {
                    continuation.yield()
                    guard (try? await Task.sleep(for: .seconds(20))) != nil else { return }
                }
            }
            if let doorbell {
                group.addTask {
                    for await _ in doorbell.rings { look() }
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
                if entrances != told { tell(entrances, after: told) }
                told = entrances
                let refusals = Self.refusals(said)
                if refusals != toldRefusals { inbox.send(.documentsRefused(refusals)) }
                toldRefusals = refusals
            }
            group.cancelAll()
        }
    }

    /// Rings sooner than tor's own word, and without it.
    private func doorbell() -> FolderDoorbell? {
        do {
            return try FolderDoorbell(folder, names: Set([Self.certificates] + Self.consensuses))
        } catch {
            log.error("a new consensus is noticed only when tor tells of it: \(error)")
            return nil
        }
    }

    private func read(into consensuses: inout Consensuses, _ said: inout [String: Refused]) {
        let certificates = DurableFile("\(folder)/\(Self.certificates)")
        for name in Self.consensuses {
            let file = DurableFile("\(folder)/\(name)")
            guard file.exists, certificates.exists else {
                said[name] = nil
                continue
            }
            do {
                try consensuses.take(
                    file.readUntrusted(limit: UncheckedConsensus.largestDocument),
                    certificates: certificates.readUntrusted(limit: UncheckedKeyCertificate.largestDocument),
                    at: now())
                said[name] = nil
            } catch let error as DocumentError where error.kind == .untimely {
                // Its seconds count up; that is said once.
                say("\(error)", once: .untimely, of: name, &said)
            } catch {
                say("\(error)", once: .other("\(error)"), of: name, &said)
            }
        }
    }

    /// Why a file is refused.
    private enum Refused: Equatable {
        case untimely
        case other(String)
    }

    /// Says why a file is refused, unless it was refused for the same reason when it was last looked at.
    private func say(_ words: String, once reason: Refused, of name: String, _ said: inout [String: Refused]) {
        guard said.updateValue(reason, forKey: name) != reason else { return }
        log.error("\(name): refused, and what was known stays: \(words)")
    }

    /// What is wrong with the files now. One that is only too old is what every box has that was off for some days.
    private static func refusals(_ said: [String: Refused]) -> [String] {
        said.compactMap { name, reason in
            switch reason {
            case .untimely: nil
            case .other(let words): "\(name): \(words)"
            }
        }.sorted()
    }

    private func tell(_ entrances: Entrances, after told: Entrances?) {
        if !entrances.hasValidConsensus {
            log.warning("no valid consensus: the devices' own Tor is refused, the box's may ask directories only")
        } else {
            log.info("\(entrances.doors.count) doors, \(entrances.guards.count) guards")
        }
        inbox.send(.entrances(entrances))
    }
}
