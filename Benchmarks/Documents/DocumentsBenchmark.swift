import Figures
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
        print(
            "consensus of 10,000 relays, \(document.count) bytes; milliseconds of the CPU: median (least - most), "
                + "and how many times the median and the least of what is named are in it")

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
        print("in turns, \(rounds) times each")
        print(Self.line("read + memchr", floor))
        print(Self.line("read + parse", reading, beside: floor), "of read + memchr (aim: at most 4)")
        print(Self.line("parse alone", inTurns[2], beside: floor))
        print(Self.line("verify alone", inTurns[3], beside: floor))
        print("each by itself, \(rounds) times")
        print(Self.line("read + memchr", floorAlone))
        print(Self.line("read + parse", readingAlone, beside: floorAlone), "of read + memchr (aim: at most 4)")
        print("python3-stem, 5 times; it makes text of every field, keeps all of it, and verifies no signature")
        for (name, validate) in [("stem", "False"), ("stem, validating", "True")] {
            let stem = try stemMilliseconds(network.consensus.path, validate: validate)
            print(Self.line(name, stem, beside: reading), "of read + parse in turns")
        }
        print(try run(CommandLine.arguments[0], ["memory", folder.path]), terminator: "")
    }

    private static let rounds = 101

    /// In milliseconds of this process's CPU: who else runs meanwhile does not count.
    private static func inTurns(_ bodies: [() throws -> Void]) throws -> [Sample] {
        let all = try (0..<rounds).map { _ in try bodies.map(cpuMilliseconds) }
        return bodies.indices.map { body in Sample(all.map { $0[body] }) }
    }

    private static func byItself(_ body: () throws -> Void) throws -> Sample {
        Sample(try (0..<rounds).map { _ in try cpuMilliseconds(body) })
    }

    private static func line(_ name: String, _ sample: Sample, beside other: Sample? = nil) -> String {
        let start =
            name.padding(toLength: 18, withPad: " ", startingAt: 0)
            + sample.text(digits: 2).padding(toLength: 26, withPad: " ", startingAt: 0)
        guard let other else { return start }
        return start + String(format: "%.2f and %.2f times", sample.median / other.median, sample.least / other.least)
    }

    private static func cpuMilliseconds(_ body: () throws -> Void) throws -> Double {
        func now() -> Double {
            var time = timespec()
            clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
            return Double(time.tv_sec) * 1e3 + Double(time.tv_nsec) / 1e6
        }
        let begin = now()
        try body()
        return now() - begin
    }
}
