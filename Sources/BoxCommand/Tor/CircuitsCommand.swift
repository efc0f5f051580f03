import ArgumentParser
import BoxAPI

public struct CircuitsCommand: AsyncParsableCommand {
    public static let configuration = CommandConfiguration(
        commandName: "circuits", abstract: "Show which way the box's tor takes through its network now.",
        discussion: "Nothing tells where the connections go. A relay is shown as its name, its country and its flags.")

    @OptionGroup var asking: Asking

    public init() {}

    public func run() async throws {
        guard case .circuits(let report) = try await asking.ask(.circuits) else { throw asking.unexpected() }
        try asking.print(report, report.words)
    }
}

extension CircuitsReport {
    var words: String {
        var lines = ["connections: \(streams)"]
        if circuits.isEmpty { lines.append("no circuit at this moment") }
        for circuit in circuits {
            let age = circuit.ageSeconds.map { ", \($0) s old" } ?? ""
            let use = circuit.streams > 0 ? ", carries \(circuit.streams)" : ""
            lines.append("circuit \(circuit.id) to \(circuit.purpose.words)\(use)\(age)")
            lines += circuit.relays.map { "  \($0.words)" }
        }
        if furtherCircuits > 0 { lines.append("and \(furtherCircuits) more circuits") }
        return (lines + guards.map { "guard \($0.state.rawValue): \($0.relay.words)" }).joined(separator: "\n")
    }
}

extension CircuitsReport.Circuit.Purpose {
    fileprivate var words: String {
        switch self {
        case .internet: "the internet"
        case .onion: "an onion service"
        }
    }
}

extension CircuitsReport.Relay {
    fileprivate var words: String {
        if isBridge { return "a bridge" }
        return ([nickname ?? fingerprint ?? "unknown", country ?? "??"] + flags).joined(separator: " ")
    }
}
