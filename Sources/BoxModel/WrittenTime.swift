import FoundationEssentials

/// A time as a person writes it: `2026-11-22 12:34`, with seconds or without, with `+01:00` or `Z` behind or in UTC.
public struct WrittenTime: Sendable {
    /// Since 1970.
    public let seconds: Int64

    /// - Returns: `nil` for anything else, and for days that never were.
    public init?(_ text: String) {
        let parts = text.split(whereSeparator: { $0 == " " || $0 == "T" })
        guard (2...3).contains(parts.count) else { return nil }
        var time = String(parts[1])
        var zone = parts.count == 3 ? String(parts[2]) : "Z"
        if parts.count == 2, let start = time.firstIndex(where: { "+-Z".contains($0) }) {
            zone = String(time[start...])
            time = String(time[..<start])
        }
        if time.count == 5 { time += ":00" }
        let written = "\(parts[0])T\(time)\(zone)"
        guard let date = try? Date.ISO8601FormatStyle(timeZoneSeparator: .colon).parse(written) else { return nil }
        // The reader is lenient; what it read must be what was written.
        guard let offset = Self.seconds(ofZone: zone) else { return nil }
        let asWritten = Date(timeIntervalSince1970: date.timeIntervalSince1970 + Double(offset)).formatted(.iso8601)
        guard asWritten == "\(parts[0])T\(time)Z" else { return nil }
        seconds = Int64(date.timeIntervalSince1970)
    }

    private static func seconds(ofZone zone: String) -> Int? {
        if zone == "Z" { return 0 }
        let digits = zone.dropFirst().split(separator: ":").compactMap { Int($0) }
        guard digits.count == 2, zone.count == 6, digits[0] <= 14, digits[1] < 60 else { return nil }
        return (zone.hasPrefix("-") ? -1 : 1) * (digits[0] * 3_600 + digits[1] * 60)
    }

    /// A time in UTC, as ``init(_:)`` reads it.
    public static func words(_ seconds: Int64) -> String {
        let style = Date.ISO8601FormatStyle(dateTimeSeparator: .space)
        return Date(timeIntervalSince1970: Double(seconds)).formatted(style).replacing("Z", with: " UTC")
    }
}
