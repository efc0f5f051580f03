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
        #expect(await events.next() == .entrances(Entrances(doors: Sample.directories, hasValidConsensus: false)))
        switch file {
        // An old one is only old; that no valid one is left is said already.
        case .none, .outdated: break
        case .empty, .binary, .pipe, .folder, .gigabyte, .linkToDevice:
            guard case .documentsRefused(let reasons) = await events.next() else {
                Issue.record("the refusal was not told")
                break
            }
            #expect(reasons.count == 1 && reasons.first?.hasPrefix("cached-microdesc-consensus: ") == true)
        }
        task.cancel()
        await task.value
    }

    @Test("a good file in the place of a refused one takes the reason back", .timeLimit(.minutes(1)))
    func takesBack() async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "torbox-consensus-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let place = folder.appending(path: "cached-microdesc-consensus")
        try Data(Sample.file("certificates")).write(to: folder.appending(path: "cached-certs"))
        try Data("rubbish".utf8).write(to: place)
        let inbox = Inbox()
        let watch = ConsensusWatch(
            try Sample.configuration().tor, folder: folder.path, inbox: inbox, clock: ClockInbox(),
            now: { Sample.time },
            log: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
        let task = Task { await watch.run() }
        var supervisor = Supervisor(lan: [], policy: .automatic)
        var seen: [[Notice]] = []
        for await event in inbox.events {
            _ = supervisor.handle(event)
            if seen.last != supervisor.notices { seen.append(supervisor.notices) }
            if seen.count == 2 {
                try Data(Sample.file("consensus-microdesc")).write(to: place)
                watch.look()
            }
            if supervisor.notices.isEmpty { break }
        }
        #expect(seen.first == [.noValidConsensus])
        #expect(seen.dropFirst().first?.count == 2)
        #expect(seen.last == [])
        task.cancel()
        await task.value
    }

    /// What makes the watch look.
    enum Reason: CaseIterable {
        case torSaysSo, fileIsNew
    }

    @Test(
        "a verified consensus is told at once when tor says that there is one, or when the file is new",
        .timeLimit(.minutes(1)), arguments: Reason.allCases)
    func looksAgain(reason: Reason) async throws {
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
        #expect(await events.next() == .entrances(Entrances(doors: Sample.directories, hasValidConsensus: false)))
        for (name, fixture) in [
            ("cached-certs", "certificates"), ("cached-microdesc-consensus", "consensus-microdesc"),
        ] {
            // As tor does it: written beside, then put in place.
            try Data(Sample.file(fixture)).write(to: folder.appending(path: name), options: .atomic)
        }
        switch reason {
        case .torSaysSo: watch.look()
        case .fileIsNew: break
        }
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
