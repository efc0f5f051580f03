import HostSystem
import NetFrames

/// A recording of every frame that left the box by its uplink, taken at the wire's other end.
public struct Capture: Sendable {
    /// The pcap file.
    public let file: String
    private let process: LabProcess
    /// What the wire's end had received when the recording began.
    private let countAtStart: Int

    static func start(file: String?) async throws -> Capture {
        let folder = LabFolder.run / "captures"
        try folder.make()
        let number = try folder.names.count + 1
        let file = file ?? "\(folder.path)/uplink-\(number).pcap"
        let name = "capture-\(file.split(separator: "/").last ?? "")"
        try (LabFolder.logs / "\(name).log").remove()
        try LabFolder(file).remove()
        let process = try await LabProcess.start(
            name, on: .inet,
            Command(
                "tcpdump",
                // Only what came in at this end, whole, written out frame by frame, through a buffer of 64 MB.
                ["-i", "uplink0", "-Q", "in", "-n", "-s", "0", "-U", "--immediate-mode", "-B", "65536"]
                    + ["-Z", "root", "-w", file]))
        try await BoxLab.wait(upTo: .seconds(5), for: "tcpdump on uplink0") {
            try process.requireRunning()
            return try process.output().contains("listening on uplink0")
        }
        return Capture(file: file, process: process, countAtStart: try await receivedCount())
    }

    /// Ends the recording once everything sent before this call is in the file.
    ///
    /// - Returns: the pcap file's path.
    /// - Throws: ``LabError`` of kind `.capture` when frames were lost.
    public func finish() async throws -> String {
        if try await Self.uplinkIsUp() {
            // What another capture's end may have left of the same kind comes before this one's.
            let reader = try readerAtEnd()
            try Sentinel.send()
            try await BoxLab.wait(upTo: .seconds(10), for: "the sentinel frame in \(file)") {
                try holdsSentinel(reader)
            }
        } else {
            try await waitForCount()
        }
        try await process.end()
        let report = try process.output()
        for line in report.split(separator: "\n") where line.contains("dropped") && !line.hasPrefix("0 ") {
            throw LabError(.capture, "\(file): not every frame is in it (\(line)); the run proves nothing, repeat it")
        }
        return file
    }

    /// Whether a sentinel is among the frames that came since the reader was asked last.
    // Swift 6.3.1 fails to optimize `finish` where this is made a part of it.
    @inline(never)
    private func holdsSentinel(_ reader: PcapReader) throws -> Bool {
        try process.requireRunning()
        while let frame = try reader.next() {
            if Sentinel.ends(frame) { return true }
        }
        return false
    }

    private func readerAtEnd() throws -> PcapReader {
        let reader = try PcapReader(path: file, isGrowing: true)
        while try reader.next() != nil {}
        return reader
    }

    /// No sentinel can leave, nor anything else: the wire's own count says what must be in the file.
    private func waitForCount() async throws {
        let expected = try await Self.receivedCount() - countAtStart
        try await BoxLab.wait(upTo: .seconds(10), for: "\(expected) frames in \(file)") {
            try frameCount() >= expected
        }
    }

    /// The number of frames in the file so far.
    public func frameCount() throws -> Int {
        let reader = try PcapReader(path: file, isGrowing: true)
        var count = 0
        while try reader.next() != nil { count += 1 }
        return count
    }

    private static func uplinkIsUp() async throws -> Bool {
        let link = try await LabHost.box.outcome("ip", ["-o", "link", "show", "up", "dev", "wan0"])
        return link.status == 0 && !link.output.isEmpty
    }

    private static func receivedCount() async throws -> Int {
        let text = try await LabHost.inet.run("cat", ["/sys/class/net/uplink0/statistics/rx_packets"])
        return Int(text.trimmed) ?? 0
    }
}
