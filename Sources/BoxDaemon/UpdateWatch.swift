import BoxAPI
import BoxModel
import HostSystem
import Logging

/// Has updates looked for once a day, on a machine that is the box's, while the box is open.
struct UpdateWatch: Sendable {
    let box: Box
    let services: any ServiceManager
    let folder: String
    let log: Logger

    /// Runs until the task is cancelled, or where the machine is somebody else's.
    func run() async {
        do { try services.requireMachine() } catch { return }
        var pace = UpdatePace()
        repeat {
            do {
                let isOpen = await box.situation?.state == .open
                let record = try UpdateRecord(folder: folder)
                let now = try SystemClock.read().timeOfDay / 1_000_000_000
                if pace.isTime(for: record, isOpen: isOpen, now: now, at: .now) { try await services.startUpdate() }
            } catch {
                log.error("updates: \(error)")
            }
        } while (try? await Task.sleep(for: .seconds(60))) != nil
    }
}

/// When it is time to look for updates.
struct UpdatePace: Sendable {
    /// The owner who has just switched the box on goes first.
    static let rest = Duration.seconds(600)
    /// Also where a run leaves no trace.
    static let pause = Duration.seconds(3_600)

    private var openSince: ContinuousClock.Instant?
    private var lastStart: ContinuousClock.Instant?

    /// Says whether a run is to be started now, and takes note of it.
    ///
    /// - Parameter now: the time of day, in seconds since 1970.
    mutating func isTime(
        for record: UpdateRecord, isOpen: Bool, now: Int64, at instant: ContinuousClock.Instant
    ) -> Bool {
        openSince = isOpen ? openSince ?? instant : nil
        guard let openSince, instant - openSince >= Self.rest, record.isDue(at: now) else { return false }
        if let lastStart, instant - lastStart < Self.pause { return false }
        lastStart = instant
        return true
    }
}
