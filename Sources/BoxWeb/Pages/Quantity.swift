import FoundationEssentials

/// Numbers in the reader's form.
struct Quantity {
    let language: Language

    /// A count with its thousands apart: `12,345` or `12 345`.
    func count(_ number: Int) -> String {
        let digits = Array(String(number.magnitude))
        let separator =
            switch language {
            case .english: ","
            // A narrow space that does not break (ISO 80000-1).
            case .french: "\u{202F}"
            }
        let groups = digits.enumerated().map { index, digit in
            let rest = digits.count - index
            return index > 0 && rest.isMultiple(of: 3) ? separator + String(digit) : String(digit)
        }
        return (number < 0 ? "-" : "") + groups.joined()
    }

    /// An amount of data in decimal units: `1.5 MB` or `1,5 Mo`.
    func bytes(_ bytes: Int) -> String {
        let units =
            switch language {
            case .english: ["bytes", "kB", "MB", "GB", "TB"]
            case .french: ["octets", "ko", "Mo", "Go", "To"]
            }
        var value = Double(bytes)
        var unit = 0
        while value >= 999.5, unit + 1 < units.count {
            value /= 1000
            unit += 1
        }
        let tenths = Int((value * 10).rounded())
        let isWhole = unit == 0 || tenths >= 100 || tenths.isMultiple(of: 10)
        let text = isWhole ? count(Int(value.rounded())) : "\(tenths / 10)\(decimalPoint)\(tenths % 10)"
        return "\(text)\u{A0}\(units[unit])"
    }

    /// How long something lasts, in its two largest units: `3 d 4 h`, `12 min 5 s`.
    func duration(seconds: Int) -> String {
        let day =
            switch language {
            case .english: "d"
            case .french: "j"
            }
        let parts = [
            (seconds / 86400, day), (seconds / 3600 % 24, "h"), (seconds / 60 % 60, "min"), (seconds % 60, "s"),
        ]
        let shown = parts.drop { $0.0 == 0 }.prefix(2)
        return shown.isEmpty ? "0\u{A0}s" : shown.map { "\($0.0)\u{A0}\($0.1)" }.joined(separator: " ")
    }

    /// A day as people write it: `2026-11-22` becomes `22 Nov 2026` or `22 nov. 2026`; another text stays as it is.
    func day(_ iso: String) -> String {
        let parts = iso.split(separator: "-").compactMap { Int($0) }
        guard parts.count == 3, (1...12).contains(parts[1]) else { return iso }
        return "\(parts[2])\u{A0}\(months[parts[1] - 1])\u{A0}\(parts[0])"
    }

    /// A moment as people write it, in UTC, since the box does not know where its reader is.
    ///
    /// - Parameter seconds: since 1970.
    func moment(_ seconds: Int64) -> String {
        let iso = Date(timeIntervalSince1970: Double(seconds)).formatted(.iso8601)
        return "\(day(String(iso.prefix(10)))), \(iso.dropFirst(11).prefix(8))\u{A0}UTC"
    }

    private var decimalPoint: String {
        switch language {
        case .english: "."
        case .french: ","
        }
    }

    private var months: [String] {
        switch language {
        case .english: ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
        case .french:
            ["janv.", "févr.", "mars", "avr.", "mai", "juin", "juil.", "août", "sept.", "oct.", "nov.", "déc."]
        }
    }
}
