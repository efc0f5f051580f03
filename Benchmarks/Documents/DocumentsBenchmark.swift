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
        print("consensus of 10,000 relays, \(document.count) bytes; medians")

        let certificates = try network.certificates()
        let unchecked = try UncheckedConsensus(parsing: document)
        // Taken in turns, so that whatever else the machine does burdens all of them alike.
        let times = try medians([
            { try readAndSearch(network.consensus.path) },
            { _ = try UncheckedConsensus(parsing: readFile(network.consensus.path)) },
            { _ = try UncheckedConsensus(parsing: document) },
            { _ = try network.verify(unchecked, certificates) },
        ])
        let (floor, reading) = (times[0], times[1])
        print("read + memchr     \(floor.milliseconds)")
        print("read + parse      \(reading.milliseconds)  \(reading.times(floor)) of read + memchr (aim: at most 4)")
        print("parse alone       \(times[2].milliseconds)  \(times[2].times(floor))")
        print("verify alone      \(times[3].milliseconds)  \(times[3].times(floor))")
        for (name, validate) in [("stem", "False"), ("stem, validating", "True")] {
            let stem = try stemSeconds(network.consensus.path, validate: validate)
            print(
                "\(name.padding(toLength: 17, withPad: " ", startingAt: 0)) \(stem.milliseconds)  "
                    + "\(stem.times(reading)) of read + parse")
        }
        print(try run(CommandLine.arguments[0], ["memory", folder.path]), terminator: "")
    }

    /// The median time of each in 101 rounds, in seconds.
    static func medians(_ bodies: [() throws -> Void]) throws -> [Double] {
        let clock = ContinuousClock()
        let rounds = try (0..<101).map { _ in try bodies.map { try clock.measure($0) / .seconds(1) } }
        return bodies.indices.map { body in rounds.map { $0[body] }.sorted()[50] }
    }
}

extension Double {
    var milliseconds: String { String(format: "%9.2f ms", self * 1000) }

    func times(_ other: Double) -> String { String(format: "%7.2f times", self / other) }
}
