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
        var place = 0
        if self[0] == UInt8(ascii: ":") {
            guard self[1] == UInt8(ascii: ":") else { return nil }
            gap = 0
            place = 2
        }
        while place < count {
            let first = place
            var group: UInt32 = 0
            while place < count, place - first < 4, let digit = self[place].hexadecimalDigit {
                group = group << 4 | UInt32(digit)
                place += 1
            }
            if place < count, self[place] == UInt8(ascii: ".") {
                guard groups <= 6, let tail = extracting(first...).ipv4Address else { return nil }
                bits = bits << 32 | UInt128(tail.bits)
                groups += 2
                break
            }
            guard place > first, groups < 8 else { return nil }
            bits = bits << 16 | UInt128(group)
            groups += 1
            if place == count { break }
            guard self[place] == UInt8(ascii: ":") else { return nil }
            place += 1
            // A single colon must be followed by a group.
            guard place < count else { return nil }
            if self[place] == UInt8(ascii: ":") {
                guard gap == nil else { return nil }
                gap = groups
                place += 1
            }
        }
        guard let gap else { return groups == 8 ? IPv6Address(bits: bits) : nil }
        guard groups < 8 else { return nil }
        let after = 16 * (groups - gap)
        let tail = bits & ((1 << after) - 1)
        return IPv6Address(bits: (bits >> after) << (16 * (8 - gap)) | tail)
    }
}

extension UInt8 {
    /// What the byte counts as a hexadecimal digit of either case; `nil` for any other byte.
    fileprivate var hexadecimalDigit: UInt8? {
        switch self {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): self - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): self - UInt8(ascii: "a") + 10
        case UInt8(ascii: "A")...UInt8(ascii: "F"): self - UInt8(ascii: "A") + 10
        default: nil
        }
    }
}
