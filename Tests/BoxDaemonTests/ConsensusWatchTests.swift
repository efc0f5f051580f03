import BoxConfiguration
import BoxModel
import BoxSupervisor
import Foundation
import HostSystem
import Logging
import Testing

@testable import BoxDaemon

@Suite("What lies in tor's folder is read with suspicion:")
struct ConsensusWatchTests {
    /// What a broken tor can lay in the place of the consensus.
    enum File: CaseIterable {
        case none, empty, binary, pipe, folder, gigabyte, linkToDevice, outdated
    }

    @Test("nothing keeps the watch from telling of the directories", .timeLimit(.minutes(1)), arguments: File.allCases)
    func tells(file: File) async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "torbox-consensus-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let place = folder.appending(path: "cached-microdesc-consensus")
        try Data(Sample.file("certificates")).write(to: folder.appending(path: "cached-certs"))
        switch file {
        case .none: break
        case .empty: try Data().write(to: place)
        case .binary: try Data((0..<100_000).map { UInt8(truncatingIfNeeded: $0 &* 31) }).write(to: place)
        case .pipe: try await Command("mkfifo", [place.path]).run()
        case .folder: try FileManager.default.createDirectory(at: place, withIntermediateDirectories: false)
        case .gigabyte: try await Command("truncate", ["--size", "1G", place.path]).run()
        case .linkToDevice:
            try FileManager.default.createSymbolicLink(atPath: place.path, withDestinationPath: "/dev/zero")
        case .outdated: try Data(Sample.file("consensus-microdesc")).write(to: place)
        }
        let inbox = Inbox()
        let watch = ConsensusWatch(
            try Sample.configuration().tor, folder: folder.path, inbox: inbox, clock: ClockInbox(),
            now: { Sample.yearsLater },
            log: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
        let task = Task { await watch.run() }
        var events = inbox.events.makeAsyncIterator()
        #expect(await events.next() == .entrances(Entrances(doors: Sample.directories)))
        task.cancel()
        await task.value
    }

    @Test("a verified consensus is told at once when tor says that there is one", .timeLimit(.minutes(1)))
    func looksAgain() async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "torbox-consensus-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let inbox = Inbox()
        let watch = ConsensusWatch(
            try Sample.configuration().tor, folder: folder.path, inbox: inbox, clock: ClockInbox(),
            now: { Sample.time },
            log: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
        let task = Task { await watch.run() }
        var events = inbox.events.makeAsyncIterator()
        #expect(await events.next() == .entrances(Entrances(doors: Sample.directories)))
        for (name, fixture) in [
            ("cached-certs", "certificates"), ("cached-microdesc-consensus", "consensus-microdesc"),
        ] {
            try Data(Sample.file(fixture)).write(to: folder.appending(path: name))
        }
        watch.look()
        let event = await events.next()
        guard case .entrances(let entrances) = event else {
            Issue.record("no news of the consensus, but \(String(describing: event))")
            return
        }
        #expect(entrances.guards.count > Sample.directories.count)
        #expect(entrances.doors == entrances.guards)
        task.cancel()
        await task.value
    }
}
