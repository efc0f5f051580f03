import BoxAPI
import BoxDevices
import BoxModel
import Foundation
import HostSystem
import Logging
import NetAddress
import Synchronization
import Testing

@testable import BoxDaemon
@testable import NftablesReading

private let phone = HardwareAddress("02:00:00:00:00:01")!

/// What was logged.
private final class Lines: Sendable {
    private let kept = Mutex<[String]>([])

    var all: [String] { kept.withLock { $0 } }

    func append(_ line: String) {
        kept.withLock { $0.append(line) }
    }
}

private struct Recorder: LogHandler {
    let lines: Lines
    var metadata: Logger.Metadata = [:]
    var logLevel = Logger.Level.trace

    func log(event: LogEvent) {
        lines.append("\(event.message)")
    }

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }
}

@Suite("The keeper of the devices")
struct DeviceWatchTests {
    private func inFolder(_ body: (DeviceFile) async throws -> Void) async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "watch-\(UInt32.random(in: 0 ... .max))")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        try await body(DeviceFile(folder.appending(path: "devices.json").path))
    }

    private func watch(
        _ file: DeviceFile, log: Logger = Logger(label: "test"),
        tell: @escaping DeviceWatch.Tell = { _, _ in },
        guardsOpened: @escaping DeviceWatch.AskGuards = { GuardsOpened(opened: [], allowances: []) },
        use: @escaping DeviceWatch.AskUse = { DeviceUse(sent: [], received: []) }
    ) -> DeviceWatch {
        DeviceWatch(
            file: file, leaseFile: file.path + ".leases", lan: InterfaceName("lan0")!, guardsPerDay: 2, log: log,
            guardsOpened: guardsOpened, use: use, tell: tell)
    }

    private func registry() -> DeviceRegistry {
        var registry = DeviceRegistry()
        registry.see([phone], on: Day("2026-11-22")!)
        return registry
    }

    @Test("A setting is on disk when it is told, and the next start knows it")
    func keeps() async throws {
        try await inFolder { file in
            try file.write(registry())
            let (told, continuation) = AsyncStream.makeStream(of: (Set<HardwareAddress>, DeviceRegistry?).self)
            let watch = watch(file) { _, blocked in continuation.yield((blocked, try? file.read())) }
            try await watch.change("device 1") { $0.setBlocked(true, $1) }
            continuation.finish()
            for await (blocked, kept) in told {
                #expect(blocked == [phone])
                #expect(kept?.blocked == [phone])
            }
            #expect(try await self.watch(file).device(called: "device 1").device.isBlocked)
        }
    }

    @Test("A setting that cannot be kept changes nothing")
    func refuses() async throws {
        try await inFolder { file in
            try file.write(registry())
            // A folder in its place cannot be written over by a file.
            try FileManager.default.createDirectory(atPath: file.path + ".new", withIntermediateDirectories: true)
            let watch = watch(file) { _, _ in Issue.record("told") }
            await #expect(throws: HostError.self) { try await watch.change("device 1") { $0.setBlocked(true, $1) } }
            await #expect(throws: DeviceError.self) { try await watch.change("nobody") { $0.setBlocked(true, $1) } }
            #expect(try await !watch.device(called: "device 1").device.isBlocked)
        }
    }

    @Test("That a device has opened all guards of its day is logged once a day, by its name, and of no stranger")
    func saysWhoIsSated() async throws {
        try await inFolder { file in
            try file.write(registry())
            func day(_ guards: Int, of device: HardwareAddress) -> GuardsOpened {
                let opened = (0..<guards).map { guardNumber in
                    SetListing.Element(
                        parts: [device.revealed, "198.51.100.\(guardNumber)", "9001"], bytes: 0, expires: 9)
                }
                let day = SetListing.Element(parts: [device.revealed], bytes: 0, expires: 9)
                return GuardsOpened(opened: opened, allowances: [day])
            }
            let stranger = HardwareAddress("02:00:00:00:00:99")!
            let days = Mutex([
                day(2, of: stranger), day(1, of: phone), day(2, of: phone), day(2, of: phone), day(0, of: phone),
                day(2, of: phone),
            ])
            let lines = Lines()
            let log = Logger(label: "test") { _ in Recorder(lines: lines) }
            let watch = watch(file, log: log, guardsOpened: { days.withLock { $0.removeFirst() } })
            var counts: [Int] = []
            for _ in 0..<6 {
                try await watch.noteGuards()
                counts.append(lines.all.count)
            }
            #expect(counts == [0, 0, 1, 1, 1, 2])
            #expect(Set(lines.all) == ["device 1: has reached its number of guards for today, 2"])
        }
    }

    @Test("Traffic now is what came between the last two looks, and is not known where one of them failed")
    func rates() async throws {
        try await inFolder { file in
            func use(_ bytes: Int) -> DeviceUse {
                DeviceUse(
                    sent: [SetListing.Element(parts: [phone.revealed, "10.84.0.11"], bytes: bytes, expires: 9)],
                    received: [SetListing.Element(parts: ["10.84.0.11"], bytes: 10 * bytes, expires: 9)])
            }
            let looks = Mutex([use(1_000), use(31_000), use(500), nil, use(2_000), use(2_000)])
            let watch = watch(
                file,
                use: {
                    try looks.withLock { looks in
                        guard let use = looks.removeFirst() else { throw HostError(.file, "nothing") }
                        return use
                    }
                })
            let start = ContinuousClock.now
            var seen: [Rate?] = []
            for look in 0..<6 {
                try? await watch.noteUse(at: start + .seconds(15) * look)
                seen.append(await watch.rates[phone])
            }
            let none = Rate(received: 0, sent: 0)
            #expect(seen == [nil, Rate(received: 20_000, sent: 2_000), none, nil, nil, none])
        }
    }

    @Test("A broken file is kept aside, and the box goes on with no right given and says so")
    func brokenFile() async throws {
        try await inFolder { file in
            var registry = registry()
            registry.setOwnTor(true, of: try registry.device(called: "device 1"))
            let broken = Array(try registry.json.utf8.dropLast(10))
            try DurableFile(file.path).replace(with: broken)
            let watch = watch(file)
            #expect(await watch.notice?.contains("settings of all devices are lost") == true)
            #expect(await watch.devices().isEmpty)
            #expect(try DurableFile(file.asidePath).read() == broken)
            #expect(!DurableFile(file.path).exists)
        }
    }
}
