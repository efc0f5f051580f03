import BoxAPI
import BoxModel
import HostSystem

/// What `torbox-update` left behind, and what follows from it at a given time, in seconds since 1970.
struct UpdateRecord: Sendable, Equatable {
    /// When the first look for updates began; `nil` before.
    var began: Int64?
    /// When a look last succeeded; `nil` before the first.
    var checked: Int64?
    var pending: [UpdatesReport.Package] = []
    var failure: UpdatesReport.Failure?

    private static let hour: Int64 = 3_600
    private static let day = 24 * hour
    /// So many days without a look that succeeded are one too many.
    private static let patience = 7 * day

    /// Once a day; an hour after a failure. A time to come is a clock that was wrong.
    func isDue(at now: Int64) -> Bool {
        let (last, pause) = failure.map { ($0.time, Self.hour) } ?? (checked ?? 0, Self.day)
        return last > now || now - last >= pause
    }

    /// What the owner should know where the machine has not been kept up to date for long.
    func notice(at now: Int64) -> StatusReport.Notice? {
        guard let last = checked ?? began, now - last > Self.patience else { return nil }
        let day = String(WrittenTime.words(last).prefix { $0 != " " })
        return StatusReport.Notice(
            .updatesOverdue, [day],
            words: """
                no look for updates has succeeded since \(day), so what is known to be wrong with the machine's \
                programs is not mended; `torbox update` says why, `torbox update --now` tries again
                """)
    }
}

extension UpdateRecord {
    /// Reads the folder; what is not there yet is left out.
    ///
    /// - Throws: `HostError`.
    init(folder: String) throws(HostError) {
        func text(_ name: String) throws(HostError) -> String? {
            try DurableFile("\(folder)/\(name)").textIfThere()
        }
        func time(_ name: String) throws(HostError) -> Int64? {
            try text(name).flatMap { Int64($0.prefix { $0 != "\n" }) }
        }
        began = try time("began")
        checked = try time("checked")
        pending = (try text("pending") ?? "").split(separator: "\n").compactMap(Self.package)
        failure = try text("failure").flatMap(Self.failure)
    }

    /// `tor 0.4.8.1-1 0.4.8.2-1`, or with two blanks `linux-image-2  6.12-1` for one that is not here yet.
    private static func package(_ line: Substring) -> UpdatesReport.Package? {
        let parts = line.split(separator: " ", omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 3 else { return nil }
        return .init(name: parts[0], installed: parts[1].isEmpty ? nil : parts[1], available: parts[2])
    }

    /// `1795350896 Failed to fetch…`
    private static func failure(_ text: String) -> UpdatesReport.Failure? {
        let parts = text.prefix { $0 != "\n" }.split(separator: " ", maxSplits: 1)
        guard parts.count == 2, let time = Int64(parts[0]) else { return nil }
        return .init(time: time, reason: String(parts[1]))
    }
}
