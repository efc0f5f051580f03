import Glibc
import NetAddress

/// Reading text byte by byte: every access is checked against the bounds of the span.
extension Span<UInt8> {
    /// Finds a byte with the C library, many times faster than a loop; with `equals`, the only place where parsing sees a pointer.
    func firstIndex(of byte: UInt8, from start: Int = 0) -> Int? {
        extracting(start...).withUnsafeBufferPointer { bytes in
            guard let base = bytes.baseAddress, let found = memchr(base, Int32(byte), bytes.count) else { return nil }
            return start + (UnsafeRawPointer(found) - UnsafeRawPointer(base))
        }
    }

    func starts(with text: StaticString) -> Bool {
        guard count >= text.utf8CodeUnitCount else { return false }
        return text.withUTF8Buffer { text in text.indices.allSatisfy { self[$0] == text[$0] } }
    }

    /// Whether both hold the same bytes; compared by the C library, like the search above.
    func equals(_ other: Span<UInt8>) -> Bool {
        guard count == other.count, !isEmpty else { return count == other.count }
        return withUnsafeBufferPointer { one in
            other.withUnsafeBufferPointer { memcmp(one.baseAddress!, $0.baseAddress!, one.count) == 0 }
        }
    }

    /// The bytes as text; `nil` where they are no UTF-8.
    var text: String? {
        guard let characters = try? UTF8Span(validating: self) else { return nil }
        return String(copying: characters)
    }

    /// The next field of a line whose fields stand one space apart; `start` moves past the space.
    ///
    /// - Returns: `nil` at the end of the line and for an empty field, that is, for a second space in a row.
    func field(from start: inout Int) -> Range<Int>? {
        let first = start
        while start < count, self[start] != UInt8(ascii: " ") { start += 1 }
        guard first < start else { return nil }
        defer { start += 1 }
        return first..<start
    }

    /// The next field, which must have so many bytes.
    func field(ofLength length: Int, from start: inout Int) -> Range<Int>? {
        let end = start + length
        guard end == count || end < count && self[end] == UInt8(ascii: " ") else { return nil }
        defer { start = end + 1 }
        return start..<end
    }

    /// The eight bytes from a place on; zeros stand for what is beyond the end.
    @inline(__always)
    func word(at place: Int) -> Word {
        guard place <= count - 8 else { return lastWord(at: place) }
        let bytes = extracting(place..<(place + 8))
        var bits: UInt64 = 0
        // The compiler makes one load of it.
        for place in 0..<8 { bits = bits << 8 | UInt64(bytes[place]) }
        return Word(bits)
    }

    private func lastWord(at place: Int) -> Word {
        Word((place..<(place + 8)).reduce(0) { $0 << 8 | ($1 < count ? UInt64(self[$1]) : 0) })
    }

    /// Reads a decimal number of one to five digits below 65536 that ends at a space or at the end of the line.
    ///
    /// - Returns: `nil` for anything else; `start` moves past the space.
    func port(from start: inout Int) -> UInt16? {
        var value: UInt32 = 0
        var place = start
        while place < count, self[place] != UInt8(ascii: " ") {
            guard let digit = self[place].decimalDigit, place < start + 5 else { return nil }
            value = value * 10 + UInt32(digit)
            place += 1
        }
        guard place > start else { return nil }
        start = place + 1
        return UInt16(exactly: value)
    }

    /// Reads an IPv4 address with four decimal parts that ends at a space or at the end of the line.
    ///
    /// - Returns: `nil` for anything else; `start` moves past the space.
    func ipv4Address(from start: inout Int) -> IPv4Address? {
        var bits: UInt32 = 0
        var place = start
        for part in 0..<4 {
            let number = word(at: place).decimalNumber
            // "01" is refused: some readers take it for octal.
            guard (1...3).contains(number.digits), number.value < 256,
                number.digits == 1 || self[place] != UInt8(ascii: "0")
            else { return nil }
            bits = bits << 8 | UInt32(truncatingIfNeeded: number.value)
            place += number.digits
            let isWhole =
                part < 3
                ? place < count && self[place] == UInt8(ascii: ".")
                : place == count || self[place] == UInt8(ascii: " ")
            guard isWhole else { return nil }
            place += 1
        }
        start = place
        return IPv4Address(bits: bits)
    }

    /// The whole span as an IPv4 address; `nil` for anything else.
    var ipv4Address: IPv4Address? {
        var start = 0
        let address = ipv4Address(from: &start)
        return start > count ? address : nil
    }

    /// A fingerprint in 27 characters of base64 without padding, the whole span; `nil` for anything else.
    var fingerprint: Fingerprint? {
        guard count == 27 else { return nil }
        let values = UInt8.base64Values
        var bytes = InlineArray<20, UInt8>(repeating: 0)
        var all: UInt8 = 0
        // Four characters make three bytes; the last three make two.
        for group in 0..<7 {
            var bits: UInt32 = 0
            for place in (4 * group)..<min(4 * group + 4, 27) {
                let value = values[Int(self[place])]
                all |= value
                bits = bits << 6 | UInt32(value)
            }
            if group == 6 {
                // Two bits are left over; only one spelling of a fingerprint counts.
                guard all < 64, bits & 3 == 0 else { return nil }
                bits <<= 6
            }
            bytes[3 * group] = UInt8(truncatingIfNeeded: bits >> 16)
            bytes[3 * group + 1] = UInt8(truncatingIfNeeded: bits >> 8)
            if group < 6 { bytes[3 * group + 2] = UInt8(truncatingIfNeeded: bits) }
        }
        return Fingerprint(bytes)
    }
}
