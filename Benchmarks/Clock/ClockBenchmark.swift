import ArgumentParser
import BoxLab
import Foundation
import LabRun

/// Measures how long a box that wakes in 1970 takes to a clock that it trusts, and how right that clock is.
@main
struct ClockBenchmark: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "clock-benchmark",
        abstract: "How soon and how well the box knows the time, in the lab; takes down a lab that is up.")

    @Option(help: "How often each is measured.")
    var rounds = 10

    func validate() throws {
        if rounds < 1 { throw ValidationError("--rounds must be 1 or more") }
    }

    func run() async throws {
        let checkout = try Checkout()
        try await LabRun.printing { try await measure(checkout) }
    }

    private func measure(_ checkout: Checkout) async throws -> String {
        try await Lab.down()
        let fromRelays = try await withRelays(checkout)
        let fromWeb = try await withWebServer(checkout)
        return """
            The box's clock, from 1970-01-01 on, \(rounds) times each: medians (least - most)

                                                    from Tor relays              from one web server's Date
            from the uplink's address to a clock, s \(Self.columns(fromRelays, fromWeb, \.seconds))
            that clock's error, s                   \(Self.columns(fromRelays, fromWeb, \.error))
            """
    }

    // Two functions, since a lab is locked until it is gone.
    private func withRelays(_ checkout: Checkout) async throws -> [ClockReading] {
        let lab = try await Lab.up(checkout: checkout)
        var readings: [ClockReading] = []
        for _ in 0..<rounds { readings.append(try await .fromRelays(lab.box)) }
        return readings
    }

    private func withWebServer(_ checkout: Checkout) async throws -> [ClockReading] {
        let lab = try await Lab.up(mode: .naked, checkout: checkout)
        try await WebServer.startTLS()
        var readings: [ClockReading] = []
        for _ in 0..<rounds { readings.append(try await .fromWebServer()) }
        return withExtendedLifetime(lab) { readings }
    }

    private static func columns(
        _ left: [ClockReading], _ right: [ClockReading], _ figure: (ClockReading) -> Double
    ) -> String {
        let texts = [left, right].map { readings in
            let values = readings.map(figure).sorted()
            let numbers = [values[values.count / 2], values[0], values[values.count - 1]]
                .map { String(format: "%.2f", $0) }
            return "\(numbers[0]) (\(numbers[1]) - \(numbers[2]))"
        }
        return texts[0].padding(toLength: 29, withPad: " ", startingAt: 0) + texts[1]
    }
}
