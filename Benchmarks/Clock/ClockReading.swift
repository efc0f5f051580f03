import BoxLab
import Foundation

/// One clock that was learnt from others: how long that took, and how wrong it is.
struct ClockReading: Sendable {
    /// From the moment when the uplink has an address.
    let seconds: Double
    /// Ahead of the lab's true time; negative where it is behind.
    let error: Double

    /// Starts the box in 1970 and waits until it trusts its clock.
    static func fromRelays(_ box: LabBox) async throws -> ClockReading {
        try await box.start(clock: .at(0), until: "clock")
        let start = ContinuousClock.now
        while try box.currentState()?.hasPrefix("clock") == true {
            guard ContinuousClock.now < start + .seconds(120) else {
                throw LabError(.timeLimit, "the box: no trusted clock within 120 s; look at its log")
            }
            try await Task.sleep(for: .milliseconds(5))
        }
        let seconds = (ContinuousClock.now - start) / .seconds(1)
        return ClockReading(seconds: seconds, error: try await box.clockError())
    }

    /// Reads the `Date` of a web server's answer over TLS, as htpdate does, by a box without its rules; nobody checks
    /// who the server is.
    static func fromWebServer() async throws -> ClockReading {
        let start = ContinuousClock.now
        let head = try await LabHost.box.run(
            "curl",
            ["--silent", "--head", "--insecure", "--resolve", "www.example.net:443:\(Addresses.web)"]
                + ["https://www.example.net/"])
        let now = Date()
        let seconds = (ContinuousClock.now - start) / .seconds(1)
        let format = DateFormatter()
        (format.locale, format.timeZone) = (Locale(identifier: "en_US_POSIX"), TimeZone(identifier: "UTC"))
        format.dateFormat = "EEE, dd MMM yyyy HH:mm:ss 'GMT'"
        let line = head.split(whereSeparator: \.isNewline).first { $0.lowercased().hasPrefix("date: ") }
        guard let line, let date = format.date(from: String(line.dropFirst("date: ".count))) else {
            throw LabError(.check, "the lab's web server: no Date in its answer")
        }
        return ClockReading(seconds: seconds, error: date.timeIntervalSince(now))
    }
}
