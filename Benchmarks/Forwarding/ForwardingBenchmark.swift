import ArgumentParser
import BoxLab
import Figures
import Foundation

/// Measures how fast a device's own Tor passes the box, beside plain routing over the same wires.
@main
struct ForwardingBenchmark: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "forwarding-benchmark",
        abstract: "The rate at which the box forwards a device's own Tor, beside plain routing; needs root.")

    @Option(help: "How often each comparison is repeated.")
    var pairs = 9

    @Option(help: "How long each side of a comparison sends, in seconds.")
    var seconds = 2

    func validate() throws {
        if min(pairs, seconds) < 1 { throw ValidationError("every number must be 1 or more") }
    }

    func run() async throws {
        let (pairs, seconds) = (pairs, seconds)
        print("The pass beside plain routing: median (least - most) of \(pairs) pairs of \(seconds) s")
        print("load \(try load()) before")
        try await Interruption.cancelling {
            for family in Family.allCases {
                for isSingle in [false, true] {
                    let line = try await Self.compare(family, isSingle: isSingle, pairs: pairs, seconds: seconds)
                    print(line)
                }
            }
        }
        print("load \(try load()) after")
    }

    private static func compare(_ family: Family, isSingle: Bool, pairs: Int, seconds: Int) async throws -> String {
        try await Wires.with(.box, family) { box in
            try await Wires.with(.plain, family) { plain in
                if isSingle {
                    try await box.sendSinglePackets()
                    try await plain.sendSinglePackets()
                }
                var rates: [(box: Double, plain: Double)] = []
                for pair in 0..<pairs {
                    // Each goes first as often, so that whatever else the machine does burdens both alike.
                    if pair.isMultiple(of: 2) {
                        let through = try await box.rate(seconds: seconds)
                        rates.append((through, try await plain.rate(seconds: seconds)))
                    } else {
                        let beside = try await plain.rate(seconds: seconds)
                        rates.append((try await box.rate(seconds: seconds), beside))
                    }
                }
                try await box.requireItsWay()
                try await plain.requireItsWay()
                let gigabits = [rates.map { $0.box / 1e9 }, rates.map { $0.plain / 1e9 }].map {
                    Sample($0).text(digits: 2)
                }
                let ratio = Sample(rates.map { $0.box / $0.plain }).text(digits: 2)
                return
                    "\(family.rawValue), \(isSingle ? "single packets" : "joined packets")  \(ratio) of plain routing; "
                    + "Gbit/s \(gigabits[0]) by \(gigabits[1])"
            }
        }
    }

    /// The machine's load averages.
    private func load() throws -> String {
        try String(contentsOfFile: "/proc/loadavg", encoding: .utf8).split(separator: " ").prefix(3)
            .joined(separator: " ")
    }
}
