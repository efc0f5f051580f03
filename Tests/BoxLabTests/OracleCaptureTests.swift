import Glibc
import NetAddress
import NetFrames
import Testing

@testable import BoxLab

@Suite("A capture's report")
struct OracleCaptureTests {
    let oracle = Oracle(row: .closed, uplink: OracleTests.uplink)

    @Test("It counts what was allowed by kind, and holds")
    func holds() throws {
        let path = try Self.capture(Sample.always.map(\.frame))
        defer { unlink(path) }
        let report = try CaptureReport(path: path, oracle: oracle)
        #expect(report.holds)
        #expect(report.frames == Sample.always.count)
        #expect(report.allowed == [.arp: 3, .dhcpv4: 2, .dhcpv6: 1, .neighbourDiscovery: 6])
        #expect(report.description.hasPrefix("12 frames, 0 not allowed\n  3 ARP\n"))
    }

    @Test("One frame that is not allowed is enough, and is described")
    func doesNotHold() throws {
        let path = try Self.capture(Sample.always.map(\.frame) + [Sample.doors[0].frame])
        defer { unlink(path) }
        let report = try CaptureReport(path: path, oracle: oracle)
        #expect(!report.holds)
        #expect(
            report.refusals == [
                "frame 13 at 12 ms: IPv4 192.168.1.2 > 203.0.113.11, TCP 40000 > 9001 SYN, 0 bytes: "
                    + "TCP to 203.0.113.11:9001, which is no door and no guard"
            ])
    }

    @Test("A flood of refused frames is counted in full and described in part")
    func countsAll() throws {
        let path = try Self.capture(Probe.allCases.flatMap { $0.frames(in: .sample) })
        defer { unlink(path) }
        let report = try CaptureReport(path: path, oracle: oracle)
        #expect(report.refused == report.frames)
        #expect(report.refusals.count == 20)
        #expect(try Probe.sightings(path: path).count == Probe.allCases.count)
    }

    @Test("An empty capture proves nothing")
    func emptyDoesNotHold() throws {
        let path = try Self.capture([])
        defer { unlink(path) }
        #expect(try !CaptureReport(path: path, oracle: oracle).holds)
    }

    /// Writes a capture with a frame each millisecond.
    private static func capture(_ frames: [Frame]) throws -> String {
        var bytes: [UInt8] = [0xD4, 0xC3, 0xB2, 0xA1, 2, 0, 4, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 4, 0, 1, 0, 0, 0]
        for (index, frame) in frames.enumerated() {
            let record = frame.bytes
            for number in [0, UInt32(index) * 1000, UInt32(record.count), UInt32(record.count)] {
                bytes += withUnsafeBytes(of: number.littleEndian) { Array($0) }
            }
            bytes += record
        }
        var template = Array("/tmp/torbox-capture-XXXXXX".utf8CString)
        let descriptor = mkstemp(&template)
        try #require(descriptor >= 0)
        defer { close(descriptor) }
        try #require(bytes.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) } == bytes.count)
        return String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }
}
