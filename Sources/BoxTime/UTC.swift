import FoundationEssentials

/// Times as a person reads them.
public enum UTC {
    /// `2026-11-22 12:34:56 UTC`, of seconds since 1970.
    public static func words(_ seconds: Int64) -> String {
        let style = Date.ISO8601FormatStyle(dateTimeSeparator: .space)
        return Date(timeIntervalSince1970: Double(seconds)).formatted(style).replacing("Z", with: " UTC")
    }
}
