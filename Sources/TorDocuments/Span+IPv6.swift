import NetAddress

extension Span<UInt8> {
    /// An IPv6 address in any form of RFC 4291 section 2.2, the whole span; `nil` for anything else.
    var ipv6Address: IPv6Address? {
        // 45 characters is the longest form: six groups and a dotted part.
        guard (2...45).contains(count) else { return nil }
        var bits: UInt128 = 0
        var groups = 0
        // How many groups stand before the "::".
        var gap: Int?
        var group: UInt64 = 0
        var digits = 0
        var worst: UInt16 = 0
        for place in indices {
            let byte = self[place]
            if byte == UInt8(ascii: ":") {
                if (1...4).contains(digits) {
                    bits = bits << 16 | UInt128(group)
                    groups += 1
                    group = 0
                    digits = 0
                } else if digits == 0, place > 0, self[place - 1] == UInt8(ascii: ":"), gap == nil {
                    gap = groups
                } else {
                    // Only as the first half of "::" may a colon stand at the start.
                    guard place == 0, self[1] == UInt8(ascii: ":") else { return nil }
                }
            } else if byte == UInt8(ascii: ".") {
                // Nothing but a dotted part can follow; it fills the last two groups.
                guard worst < 10, let tail = extracting((place - digits)...).ipv4Address else { return nil }
                return IPv6Address(bits << 32 | UInt128(tail.bits), groups: groups + 2, gap: gap)
            } else {
                // No branch between digits and letters, which no processor can foresee; both must come out below 10.
                let (digit, letter) = (byte &- UInt8(ascii: "0"), (byte | 0x20) &- UInt8(ascii: "a"))
                worst = max(worst, min(UInt16(digit), UInt16(letter) + 4))
                group = group << 4 | UInt64((byte & 0xF) + 9 * (byte >> 6))
                digits += 1
            }
        }
        guard worst < 10 else { return nil }
        if digits == 0 {
            // A colon at the end must be the second half of "::".
            return gap == groups ? IPv6Address(bits, groups: groups, gap: gap) : nil
        }
        return digits <= 4 ? IPv6Address(bits << 16 | UInt128(group), groups: groups + 1, gap: gap) : nil
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
