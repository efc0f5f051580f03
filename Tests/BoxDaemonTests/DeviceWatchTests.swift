import BoxDevices
import BoxModel
import Foundation
import HostSystem
import Logging
import NetAddress
import Testing

@testable import BoxDaemon

private let phone = HardwareAddress("02:00:00:00:00:01")!

@Suite("The keeper of the devices")
struct DeviceWatchTests {
    private func inFolder(_ body: (DeviceFile) async throws -> Void) async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "watch-\(UInt32.random(in: 0 ... .max))")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        try await body(DeviceFile(folder.appending(path: "devices.json").path))
    }

    private func watch(_ file: DeviceFile, tell: @escaping DeviceWatch.Tell = { _, _ in }) -> DeviceWatch {
        DeviceWatch(
            file: file, leaseFile: file.path + ".leases", lan: InterfaceName("lan0")!, log: Logger(label: "test"),
            tell: tell)
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
