import Foundation
import Testing

@testable import HostSystem

@Suite("The machine as its kernel describes it")
struct MachineTests {
    @Test(
        "A line of the memory's is read in bytes, or not at all",
        arguments: [
            ("MemTotal:        3884124 kB\nMemFree: 1 kB\n", 3_884_124 * 1024), ("MemFree: 1 kB", nil),
            ("MemTotal: x kB", nil), ("MemTotal: 5", nil), ("", nil),
        ] as [(String, Int?)])
    func memoryLine(text: String, bytes: Int?) {
        #expect(Machine.memory("MemTotal", in: text) == bytes)
    }

    @Test("This machine has memory, a disk, a load and a kernel")
    func here() throws {
        let (memory, disk) = (try Machine.memory(), try Machine.disk(of: "/"))
        for room in [memory, disk] { #expect(room.total > 0 && (0...room.total).contains(room.available)) }
        #expect(try Machine.load().allSatisfy { $0 >= 0 } && Machine.processors > 0)
        #expect(try Machine.kernel().contains("."))
        #expect(throws: HostError.self) { try Machine.disk(of: "/nonexistent") }
    }

    @Test("Sensors are read by name; one that is asleep is passed over, and no folder means none")
    func temperatures() throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "thermal-\(UInt32.random(in: 0 ... .max))")
        defer { try? FileManager.default.removeItem(at: folder) }
        for (zone, type, temperature) in [(0, "gpu", "41500"), (1, "cpu", "-2000"), (3, "asleep", nil)] {
            let path = folder.appending(path: "thermal_zone\(zone)")
            try FileManager.default.createDirectory(at: path, withIntermediateDirectories: true)
            try Data("\(type)\n".utf8).write(to: path.appending(path: "type"))
            if let temperature { try Data("\(temperature)\n".utf8).write(to: path.appending(path: "temp")) }
        }
        let found = try Machine.temperatures(in: folder.path)
        #expect(found.map(\.sensor) == ["cpu", "gpu"] && found.map(\.celsius) == [-2, 41.5])
        #expect(try Machine.temperatures(in: "/nonexistent").isEmpty)
    }
}
