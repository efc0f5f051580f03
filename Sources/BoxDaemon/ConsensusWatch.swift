import BoxConfiguration
import BoxModel
import BoxSupervisor
import Glibc
import HostSystem
import Logging
import TorDocuments

/// Reads the documents that tor keeps on the disk, verifies them anew, and tells where the Tor network is entered.
struct ConsensusWatch: Sendable {
    private let configuration: Configuration.Tor
    private let folder: String
    private let inbox: Inbox
    private let now: @Sendable () -> UnixTime
    private let log: Logger
    private let reasons: AsyncStream<Void>
    private let continuation: AsyncStream<Void>.Continuation

    /// - Parameters:
    ///   - folder: tor's data directory. Its owner is tor's user, so nothing in it is believed.
    ///   - now: the time of day.
    init(
        _ configuration: Configuration.Tor, folder: String, inbox: Inbox,
        now: @escaping @Sendable () -> UnixTime = { UnixTime(seconds: Int64(time(nil))) }, log: Logger
    ) {
        self.configuration = configuration
        self.folder = folder
        self.inbox = inbox
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
        var said: [String: DocumentError] = [:]
        var toldRefusals: [String] = []
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

    private func read(into consensuses: inout Consensuses, _ said: inout [String: DocumentError]) {
        let certificates = DurableFile(folder + "/cached-certs")
        for name in ["cached-microdesc-consensus", "cached-consensus"] {
            let file = DurableFile(folder + "/" + name)
            guard file.exists, certificates.exists else {
                said[name] = nil
                continue
            }
            do {
                try consensuses.take(
                    file.read(limit: UncheckedConsensus.largestDocument),
                    certificates: certificates.read(limit: UncheckedKeyCertificate.largestDocument),
                    at: now())
                said[name] = nil
            } catch let error as DocumentError {
                note(error, of: name, &said)
            } catch {
                note(DocumentError(.oversized, "\(error)"), of: name, &said)
            }
        }
    }

    /// A reason counts its seconds up; it is said once for each kind.
    private func note(_ error: DocumentError, of name: String, _ said: inout [String: DocumentError]) {
        guard said[name]?.kind != error.kind else { return }
        said[name] = error
        log.error("\(name): refused, and what was known stays: \(error)")
    }

    /// What is wrong with the files now. One that is only too old is what every box has that was off for some days.
    private static func refusals(_ said: [String: DocumentError]) -> [String] {
        said.filter { $0.value.kind != .untimely }.map { "\($0.key): \($0.value)" }.sorted()
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
