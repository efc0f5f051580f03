import BoxAPI
import BoxModel
import HostSystem
import Logging

extension Answers {
    func updates() throws -> UpdatesReport {
        let record = try UpdateRecord(folder: paths.updates)
        let replaced = try DurableFile(paths.restartNeeded).textIfThere() ?? ""
        return UpdatesReport(
            checked: record.checked, pending: record.pending, running: running, failure: record.failure,
            restartFor: replaced.split(separator: "\n").map(String.init))
    }

    private var running: UpdatesReport.Progress? {
        // Where the run ends while it is looked at, it is at its end.
        guard let lines = try? DurableFile(paths.updateProgress).textIfThere(limit: 16 << 20) else { return nil }
        return .init(lines: lines)
    }

    func startUpdate() async throws {
        try services.requireMachine()
        guard await box.situation?.state == .open else {
            throw Refusal(
                .failed,
                "updates come through Tor alone, and the box is not open; `torbox status` says what it waits for")
        }
        try await services.startUpdate()
    }

    /// Only while the box is open: then tor has a consensus of the day, and the clock is no more than that wrong.
    func updatesNotice() async -> StatusReport.Notice? {
        guard await box.situation?.state == .open else { return nil }
        do {
            let now = try SystemClock.read().timeOfDay / 1_000_000_000
            return try UpdateRecord(folder: paths.updates).notice(at: now)
        } catch {
            log.error("updates: \(error)")
            return nil
        }
    }
}
