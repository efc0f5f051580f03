import Glibc
import NetFrames
import Testing

@Suite("Captures are read to their end or not at all")
struct PcapReaderTests {
    @Test(
        "Both byte orders, micro- and nanoseconds",
        arguments: [(0xA1B2_C3D4, 1000), (0xA1B2_3C4D, 1)] as [(UInt32, Int64)], [true, false])
    func readsAllKinds(kind: (magic: UInt32, tick: Int64), isBigEndian: Bool) throws {
        let file = CaptureFile(magic: kind.magic, isBigEndian: isBigEndian)
        let frames = (0..<3000).map { [UInt8](repeating: UInt8($0 % 251), count: 60 + $0 % 1400) }
        let path = try file.write(records: frames)
        defer { unlink(path) }
        let reader = try PcapReader(path: path)
        for (index, frame) in frames.enumerated() {
            let captured = try #require(try reader.next())
            #expect(captured.bytes == frame)
            #expect(captured.time == Int64(index) * 1_000_000_000 + 5 * kind.tick)
        }
        #expect(try reader.next() == nil)
    }

    @Test("A file that ends within a record is an error", arguments: [1, 10, 16, 20, 75])
    func refusesCuts(missing: Int) throws {
        let path = try CaptureFile().write(records: [[UInt8](repeating: 1, count: 60)], without: missing)
        defer { unlink(path) }
        let reader = try PcapReader(path: path)
        #expect(throws: FrameError.self) { try reader.next() }
    }

    @Test("A file that is still being written ends before the record that is not whole yet", arguments: [1, 10, 70])
    func readsWhatGrows(missing: Int) throws {
        let frames = [UInt8](repeating: 1, count: 60)
        let path = try CaptureFile().write(records: [frames, frames], without: missing)
        defer { unlink(path) }
        let reader = try PcapReader(path: path, isGrowing: true)
        #expect(try reader.next() != nil)
        #expect(try reader.next() == nil)
        #expect(try reader.next() == nil)
    }

    @Test("A frame cut by the capture's length limit is an error")
    func refusesShortFrames() throws {
        let path = try CaptureFile(originalLength: 61).write(records: [[UInt8](repeating: 1, count: 60)])
        defer { unlink(path) }
        let reader = try PcapReader(path: path)
        #expect(throws: FrameError.self) { try reader.next() }
    }

    @Test("What is no capture of Ethernet frames is not opened")
    func refusesOthers() throws {
        let files = [CaptureFile(magic: 0x0A0D_0D0A), CaptureFile(linkType: 113)]
        for file in files {
            let path = try file.write(records: [])
            defer { unlink(path) }
            #expect(throws: FrameError.self) { try PcapReader(path: path) }
        }
        #expect(throws: FrameError.self) { try PcapReader(path: "/nonexistent/capture") }
        #expect(throws: FrameError.self) { try PcapReader(path: "/dev/null") }
    }
}

/// Writes captures, wrong ones too.
struct CaptureFile {
    var magic: UInt32 = 0xA1B2_C3D4
    var isBigEndian = false
    var linkType: UInt32 = 1
    var originalLength: UInt32?

    func write(records: [[UInt8]], without missing: Int = 0) throws -> String {
        var bytes = number(magic) + number(0x0004_0002) + number(0) + number(0) + number(262_144) + number(linkType)
        for (index, record) in records.enumerated() {
            let length = UInt32(record.count)
            bytes += number(UInt32(index)) + number(5) + number(length) + number(originalLength ?? length) + record
        }
        bytes.removeLast(missing)
        var template = Array("/tmp/torbox-capture-XXXXXX".utf8CString)
        let descriptor = mkstemp(&template)
        try #require(descriptor >= 0)
        defer { close(descriptor) }
        var written = 0
        while written < bytes.count {
            let count = bytes[written...].withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            try #require(count > 0)
            written += count
        }
        return String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    private func number(_ value: UInt32) -> [UInt8] {
        withUnsafeBytes(of: isBigEndian ? value.bigEndian : value.littleEndian) { Array($0) }
    }
}
