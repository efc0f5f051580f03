import ArgumentParser
import BoxAPI
import BoxModel

public struct UpdateCommand: AsyncParsableCommand {
    public static let configuration = CommandConfiguration(
        commandName: "update", abstract: "Say how the machine's packages are kept up to date, or do it now.",
        discussion: """
            The box does it by itself once a day while it is open, by apt and through Tor alone. Exits 1 where the last \
            run failed.
            """)

    @Flag(help: "Look for updates now, install them, and say how far that is.")
    var now = false

    @OptionGroup var asking: Asking

    public init() {}

    public func run() async throws {
        let report = now ? try await follow() : try await report()
        try asking.print(report, report.words)
        if report.failure != nil, report.running == nil { throw ExitCode.refused }
    }

    private func report() async throws -> UpdatesReport {
        guard case .updates(let report) = try await asking.ask(.updates) else { throw asking.unexpected() }
        return report
    }

    /// Starts a run, or joins the one under way, and returns what is so at its end.
    private func follow() async throws -> UpdatesReport {
        let before = try await report()
        guard case .done = try await asking.ask(.update) else { throw asking.unexpected() }
        var said: UpdatesReport.Progress?
        var patience = Self.patience
        while patience > 0 {
            try await Task.sleep(for: .seconds(1))
            // An update of the box itself starts torboxd anew, which does not answer meanwhile.
            guard case .updates(let report)? = try? await APIClient(path: asking.socket).ask(.updates) else {
                patience -= 1
                continue
            }
            if let running = report.running {
                if running != said, !asking.telling.json { print(running.words) }
                said = running
                patience = Self.patience
            } else if said != nil || report.checked != before.checked || report.failure != before.failure {
                return report
            } else {
                patience -= 1
            }
        }
        return try await report()
    }

    /// So many seconds without a sign of the run, which systemd starts once it can.
    private static let patience = 60
}

extension UpdatesReport {
    var words: String {
        var lines = [
            checked.map { "last look that succeeded: \(WrittenTime.words($0))" } ?? "no look has succeeded yet"
        ]
        if let running { lines.append("now: \(running.words)") }
        if let failure { lines.append("failed at \(WrittenTime.words(failure.time)): \(failure.reason)") }
        if pending.isEmpty {
            if checked != nil { lines.append("nothing is left to install") }
        } else {
            lines.append("not installed yet:")
            lines += pending.map { "  \($0.name) \($0.installed.map { "\($0) -> " } ?? "")\($0.available)" }
        }
        if !restartFor.isEmpty {
            lines.append("to be in use, needs a restart (`torbox restart`): \(restartFor.joined(separator: ", "))")
        }
        return lines.joined(separator: "\n")
    }
}

extension UpdatesReport.Progress {
    var words: String { step.rawValue + (percent.map { ", \($0) %" } ?? "") }
}
