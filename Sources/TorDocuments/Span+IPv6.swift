import NetAddress

extension Span<UInt8> {
    /// An IPv6 address in any form of RFC 4291 section 2.2, the whole span; `nil` for anything else.
    var ipv6Address: IPv6Address? { ipv6Address(in: 0..<count) }

    /// The same, where it is a part of the span.
    func ipv6Address(in range: Range<Int>) -> IPv6Address? {
        // 45 characters is the longest form: six groups and a dotted part.
        guard (2...45).contains(range.count) else { return nil }
        var bits: UInt128 = 0
        var groups = 0
        // How many groups stand before the "::".
        var gap: Int?
        var place = range.lowerBound
        if self[place] == UInt8(ascii: ":") {
            guard self[place + 1] == UInt8(ascii: ":") else { return nil }
            gap = 0
            place += 2
        }
        while place < range.upperBound {
            let group = word(at: place).hexadecimalNumber
            let end = place + group.digits
            guard (1...4).contains(group.digits), end <= range.upperBound else { return nil }
            if end < range.upperBound, self[end] == UInt8(ascii: ".") {
                // Nothing but a dotted part can follow; it fills the last two groups.
                guard let tail = extracting(place..<range.upperBound).ipv4Address else { return nil }
                return IPv6Address(bits << 32 | UInt128(tail.bits), groups: groups + 2, gap: gap)
            }
            bits = bits << 16 | UInt128(group.value)
            groups += 1
            if end == range.upperBound { break }
            // After a group stands a colon and another group, or two colons.
            guard self[end] == UInt8(ascii: ":"), end + 1 < range.upperBound else { return nil }
            place = end + 1
            if self[place] == UInt8(ascii: ":") {
                guard gap == nil else { return nil }
                gap = groups
                place += 1
            }
        }
        return IPv6Address(bits, groups: groups, gap: gap)
    }
}

extension IPv6Address {
    /// Puts as many zero groups where the gap was as are missing; `nil` where groups are missing without one, or none.
    fileprivate init?(_ bits: UInt128, groups: Int, gap: Int?) {
        guard let gap else {
            guard groups == 8 else { return nil }
            self.init(bits: bits)
            return
        }
        guard groups < 8 else { return nil }
        let after = 16 * (groups - gap)
        let tail = bits & ((1 << after) - 1)
        self.init(bits: (bits >> after) << (16 * (8 - gap)) | tail)
    }
}
