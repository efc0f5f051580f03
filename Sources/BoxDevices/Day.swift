/// A day of the calendar in UTC, as finely as the box remembers when a device was here.
public struct Day: Hashable, Sendable, Comparable {
    /// Since 1 January 1970.
    public let number: Int

    /// - Parameter secondsSince1970: the time of the clock; earlier than 1970 counts as 1970.
    public init(secondsSince1970: Int) {
        number = max(0, secondsSince1970) / 86_400
    }

    private init(number: Int) {
        self.number = number
    }

    /// Reads `2026-11-22`; `nil` for anything else and for days before 1970 or after 9999.
    public init?(_ text: some StringProtocol) {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        guard parts.count == 3, parts.map(\.utf8.count) == [4, 2, 2],
            parts.allSatisfy({ $0.utf8.allSatisfy((UInt8(ascii: "0")...UInt8(ascii: "9")).contains) }),
            let year = Int(parts[0]), let month = Int(parts[1]), let day = Int(parts[2]),
            year >= 1970, (1...12).contains(month), (1...31).contains(day)
        else { return nil }
        number = Self.number(year, month, day)
        // 30 February reads as a day of March.
        guard description == text else { return nil }
    }

    public static func < (left: Self, right: Self) -> Bool {
        left.number < right.number
    }

    /// Years that begin in March put the odd day of leap years at their end.
    private static func number(_ year: Int, _ month: Int, _ day: Int) -> Int {
        let marchYear = month > 2 ? year : year - 1
        let dayOfYear = (153 * ((month + 9) % 12) + 2) / 5 + day - 1
        return 365 * marchYear + marchYear / 4 - marchYear / 100 + marchYear / 400 + dayOfYear - 719_468
    }
}

extension Day: CustomStringConvertible {
    public var description: String {
        let days = number + 719_468
        let era = days / 146_097
        let dayOfEra = days % 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let march = (5 * dayOfYear + 2) / 153
        let month = march < 10 ? march + 3 : march - 9
        let year = era * 400 + yearOfEra + (month <= 2 ? 1 : 0)
        return
            "\(Self.padded(year, 4))-\(Self.padded(month, 2))-\(Self.padded(dayOfYear - (153 * march + 2) / 5 + 1, 2))"
    }

    private static func padded(_ number: Int, _ width: Int) -> String {
        let digits = String(number)
        return String(repeating: "0", count: max(0, width - digits.count)) + digits
    }
}
