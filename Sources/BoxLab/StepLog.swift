import Glibc

/// Tells the person in front of the lab what it does and how long it has taken so far.
public struct StepLog: Sendable {
    private let start = ContinuousClock.now
    private let isQuiet: Bool

    public init(quiet: Bool = false) {
        isQuiet = quiet
    }

    /// Seconds since the work began.
    public var elapsed: Double {
        let parts = (ContinuousClock.now - start).components
        return Double(parts.seconds) + Double(parts.attoseconds) * 1e-18
    }

    /// Writes one line with the elapsed time to standard error.
    public func callAsFunction(_ step: String) {
        guard !isQuiet else { return }
        let tenths = Int((elapsed * 10).rounded())
        // One write, so that lines of several processes do not mix.
        let line = "[\(tenths / 10).\(tenths % 10) s] \(step)\n"
        write(STDERR_FILENO, line, line.utf8.count)
    }
}
