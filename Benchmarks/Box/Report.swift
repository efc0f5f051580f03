import Figures
import Foundation

/// All figures of one run with its conditions, as a person reads them.
struct Report: Sendable, CustomStringConvertible {
    let conditions: Conditions
    let starts: [LabStart]
    let megabytes: Int
    /// Megabytes a second.
    let downloads: Comparison<Double>
    let requests: Comparison<Requests>
    /// Milliseconds.
    let forgottenNames: Sample
    let knownNames: Sample
    /// MiB.
    let memory: (resident: Double, own: Double)
    let idle: Duration
    /// Milliseconds a minute.
    let idleCPU: (own: Double, programs: Double)

    var description: String {
        """
        The box, measured in the lab: medians (least - most)

        \(conditions)

        \(comparisons)

        \(figures)
        """
    }

    private var comparisons: String {
        let added = requests.difference(\.wait).text(digits: 1)
        return [
            Self.row("", "through the box", "plain SOCKS", "the box by SOCKS"),
            Self.row("download of \(megabytes) MB, MB/s", downloads, \.self, digits: 1),
            Self.row("new connections one by one, 1/s", requests, \.rateOneByOne, digits: 0),
            Self.row("new connections \(Requests.atOnce) at once, 1/s", requests, \.rateAtOnce, digits: 0),
            Self.row("first byte of a page, ms", requests, \.wait, digits: 1),
            Self.row("  added by the box, ms", added, "", ""),
        ].joined(separator: "\n")
    }

    private var figures: String {
        let parts = idle.components
        let (own, programs) = (Self.number(idleCPU.own, 0), Self.number(idleCPU.programs, 0))
        let lines = [
            ("name that the box has forgotten, ms", forgottenNames.text(digits: 1)),
            ("name that the box knows, ms", knownNames.text(digits: 2)),
            (
                "torboxd's memory after all this, MiB",
                "\(Self.number(memory.resident, 1)) resident, \(Self.number(memory.own, 1)) of it private"
            ),
            (
                "torboxd's CPU when idle (\(parts.seconds) s)",
                "\(own) ms a minute, and \(programs) by programs that it ran"
            ),
        ]
        let startLines = starts.map {
            (
                "first page in the lab, s",
                "\(Self.number($0.seconds, 1)) from \($0.isFromSnapshot ? "the stored Tor network" : "nothing")"
            )
        }
        return (lines + startLines).map { Self.row($0.0, $0.1) }.joined(separator: "\n")
    }

    private static func row<Value>(
        _ name: String, _ comparison: Comparison<Value>, _ figure: (Value) -> Double, digits: Int
    ) -> String {
        row(
            name, comparison.sample(.box, figure).text(digits: digits),
            comparison.sample(.socks, figure).text(digits: digits), comparison.ratio(figure).text(digits: 2))
    }

    private static func row(_ name: String, _ columns: String...) -> String {
        // The widest name has 40 letters, the widest sample, such as 108.4 (101.2 - 111.9), 23.
        let padded = columns.dropLast().map { $0.padding(toLength: 24, withPad: " ", startingAt: 0) }
        return name.padding(toLength: 40, withPad: " ", startingAt: 0) + padded.joined() + columns.last!
    }

    private static func number(_ value: Double, _ digits: Int) -> String {
        String(format: "%.\(digits)f", value)
    }
}
