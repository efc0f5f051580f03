import BoxAPI
import BoxModel
import TorControl

/// The last notices of the box's tor: in memory alone, and made safe to be shown before they are kept.
actor TorLog {
    static let length = 100

    private let mask: LogMask
    /// Oldest first.
    private(set) var lines: [TorLogLine] = []

    init(bridges: [BridgeLine]) {
        mask = LogMask(bridges: bridges)
    }

    /// - Parameter time: seconds since 1970.
    func add(_ event: LogEvent, at time: Int64) {
        lines =
            lines.suffix(Self.length - 1) + [
                TorLogLine(
                    time: time, severity: .init(event.severity),
                    text: String(mask.masked(event.message).prefix(TorLogLine.longestText)))
            ]
    }
}

extension TorLogLine.Severity {
    fileprivate init(_ severity: TorControl.Severity) {
        self =
            switch severity {
            case .notice: .notice
            case .warning: .warning
            case .error: .error
            }
    }
}
