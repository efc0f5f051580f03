/// A moment in whole seconds since 1970-01-01 00:00:00 UTC, leap seconds not counted.
public struct UnixTime: Hashable, Sendable, Comparable {
    public var seconds: Int64

    public init(seconds: Int64) {
        self.seconds = seconds
    }

    /// Reads `YYYY-MM-DD HH:MM:SS` in UTC, years 1970 to 9999; `nil` for anything else and for days that never were.
    public init?(_ text: some StringProtocol) {
        let form = Array("0000-00-00 00:00:00".utf8)
        let bytes = Array(text.utf8)
        guard bytes.count == form.count else { return nil }
        var numbers: [Int64] = [0]
        for (byte, sample) in zip(bytes, form) {
            if sample != UInt8(ascii: "0") {
                guard byte == sample else { return nil }
                numbers.append(0)
            } else {
                guard let digit = byte.decimalDigit else { return nil }
                numbers[numbers.count - 1] = numbers[numbers.count - 1] * 10 + Int64(digit)
            }
        }
        let (year, month, day) = (numbers[0], numbers[1], numbers[2])
        guard year >= 1970, (1...12).contains(month), (1...Self.days(inMonth: month, of: year)).contains(day),
            numbers[3] < 24, numbers[4] < 60, numbers[5] < 60
        else { return nil }
        let daysBefore = (1..<month).reduce(0) { $0 + Self.days(inMonth: $1, of: year) }
        let days = Self.days(beforeYear: year) + daysBefore + day - 1
        seconds = days * 86_400 + numbers[3] * 3600 + numbers[4] * 60 + numbers[5]
    }

    public static func < (left: Self, right: Self) -> Bool {
        left.seconds < right.seconds
    }

    /// The moment so many seconds later, or earlier where negative; it stops at the ends of what 64 bits can count.
    public func advanced(by seconds: Int64) -> UnixTime {
        let (sum, overflow) = self.seconds.addingReportingOverflow(seconds)
        return UnixTime(seconds: overflow ? (seconds < 0 ? .min : .max) : sum)
    }

    private static func days(beforeYear year: Int64) -> Int64 {
        func leapYears(before year: Int64) -> Int64 { (year - 1) / 4 - (year - 1) / 100 + (year - 1) / 400 }
        return (year - 1970) * 365 + leapYears(before: year) - leapYears(before: 1970)
    }

    private static func days(inMonth month: Int64, of year: Int64) -> Int64 {
        switch month {
        case 2: days(beforeYear: year + 1) - days(beforeYear: year) - 337
        case 4, 6, 9, 11: 30
        default: 31
        }
    }
}

extension UInt8 {
    /// What the byte counts as an ASCII digit; `nil` for any other byte.
    var decimalDigit: UInt8? {
        let value = self &- UInt8(ascii: "0")
        return value < 10 ? value : nil
    }
}
