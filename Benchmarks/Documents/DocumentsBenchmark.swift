import Foundation
import TorDocuments

/// Measures reading and verifying a consensus of 10,000 relays beside the least that any reader must do and beside
/// python3-stem, all in the same run, so that the ratios hold on any machine.
@main
struct DocumentsBenchmark {
    static func main() throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "documents-benchmark-\(getpid())")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: false)
        defer { try? FileManager.default.removeItem(at: folder) }
        // The memory is measured in a fresh process, where nothing was freed yet.
        if CommandLine.arguments.dropFirst().first == "memory" {
            try Memory(folder: CommandLine.arguments[2]).report()
            return
        }
        let network = try SyntheticNetwork(relays: 10_000, folder: folder)
        let document = try Array(Data(contentsOf: network.consensus))
        print("consensus of 10,000 relays, \(document.count) bytes; medians, in time of the CPU")

        let certificates = try network.certificates()
        let unchecked = try UncheckedConsensus(parsing: document)
        // Each in turn with the others, so that whatever else the machine does burdens all alike; then each by itself,
        // as a program does that reads one document after another and finds its memory still there.
        let inTurns = try Self.inTurns([
            { try readAndSearch(network.consensus.path) },
            { _ = try UncheckedConsensus(parsing: readFile(network.consensus.path)) },
            { _ = try UncheckedConsensus(parsing: document) },
            { _ = try network.verify(unchecked, certificates) },
        ])
        let floorAlone = try Self.byItself { try readAndSearch(network.consensus.path) }
        let readingAlone = try Self.byItself { _ = try UncheckedConsensus(parsing: readFile(network.consensus.path)) }
        let (floor, reading) = (inTurns[0], inTurns[1])
        print("in turns")
        print("read + memchr     \(floor.milliseconds)")
        print("read + parse      \(reading.milliseconds)  \(reading.times(floor)) of read + memchr (aim: at most 4)")
        print("parse alone       \(inTurns[2].milliseconds)  \(inTurns[2].times(floor))")
        print("verify alone      \(inTurns[3].milliseconds)  \(inTurns[3].times(floor))")
        print("each by itself")
        print("read + memchr     \(floorAlone.milliseconds)")
        print(
            "read + parse      \(readingAlone.milliseconds)  \(readingAlone.times(floorAlone)) of read + memchr "
                + "(aim: at most 4)")
        print("python3-stem, which makes text of every field and keeps all of it, and verifies no signature")
        for (name, validate) in [("stem", "False"), ("stem, validating", "True")] {
            let stem = try stemSeconds(network.consensus.path, validate: validate)
            print(
                "\(name.padding(toLength: 17, withPad: " ", startingAt: 0)) \(stem.milliseconds)  "
                    + "\(stem.times(reading)) of read + parse")
        }
        print(try run(CommandLine.arguments[0], ["memory", folder.path]), terminator: "")
    }

    private static let rounds = 101

    /// The median of each, in seconds of this process's CPU: who else runs meanwhile does not count.
    private static func inTurns(_ bodies: [() throws -> Void]) throws -> [Double] {
        let all = try (0..<rounds).map { _ in try bodies.map(cpuSeconds) }
        return bodies.indices.map { body in median(all.map { $0[body] }) }
    }

    private static func byItself(_ body: () throws -> Void) throws -> Double {
        median(try (0..<rounds).map { _ in try cpuSeconds(body) })
    }

    private static func median(_ values: [Double]) -> Double {
        values.sorted()[values.count / 2]
    }

    private static func cpuSeconds(_ body: () throws -> Void) throws -> Double {
        func now() -> Double {
            var time = timespec()
            clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
            return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
        }
        let begin = now()
        try body()
        return now() - begin
    }
}

extension Double {
    var milliseconds: String { String(format: "%9.2f ms", self * 1000) }

    func times(_ other: Double) -> String { String(format: "%7.2f times", self / other) }
}
