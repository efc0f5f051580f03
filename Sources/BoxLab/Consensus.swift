import Glibc

/// What the lab needs to know of a directory authority's consensus file: its lifetime and whom it lists.
struct Consensus {
    private let text: Substring

    /// The consensus that a node keeps, in one flavour's file; `nil` where it has none yet.
    init?(of node: TorNode, file: String) throws {
        guard let text = try node.folder.read(file) else { return nil }
        self.init(text)
    }

    init(_ text: String) {
        self.text = text[...]
    }

    /// Whether every relay of the lab is in it with the flags of its role.
    var listsEveryRelay: Bool {
        TorNode.relays.allSatisfy { $0.isListed(in: text) }
    }

    /// Whether it is valid from now on for at least `hours`.
    func isValid(forHours hours: Int, now: time_t = time(nil)) -> Bool {
        guard let start = value(of: "valid-after"), let end = value(of: "valid-until") else { return false }
        // The dates' order is their text's order.
        return start <= Self.stamp(now) && Self.stamp(now + hours * 3600) <= end
    }

    /// When it began to be valid, in seconds since 1970.
    var validAfter: time_t? {
        guard let text = value(of: "valid-after") else { return nil }
        let numbers = text.split { !$0.isNumber }.compactMap { CInt($0) }
        guard numbers.count == 6 else { return nil }
        var parts = tm()
        (parts.tm_year, parts.tm_mon, parts.tm_mday) = (numbers[0] - 1900, numbers[1] - 1, numbers[2])
        (parts.tm_hour, parts.tm_min, parts.tm_sec) = (numbers[3], numbers[4], numbers[5])
        return timegm(&parts)
    }

    private func value(of keyword: String) -> String? {
        text.split(separator: "\n").first { $0.hasPrefix(keyword + " ") }.map {
            String($0.dropFirst(keyword.count + 1))
        }
    }

    /// `YYYY-MM-DD HH:MM:SS` in UTC, as directory documents write it.
    static func stamp(_ moment: time_t) -> String {
        var moment = moment
        var parts = tm()
        gmtime_r(&moment, &parts)
        return withUnsafeTemporaryAllocation(of: CChar.self, capacity: 32) { text in
            strftime(text.baseAddress!, text.count, "%Y-%m-%d %H:%M:%S", &parts)
            return String(cString: text.baseAddress!)
        }
    }
}
