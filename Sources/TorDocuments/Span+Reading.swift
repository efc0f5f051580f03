import Glibc
import NetAddress

/// Reading text byte by byte: every access is checked against the bounds of the span.
extension Span<UInt8> {
    /// Finds a byte with the C library, many times faster than a loop; the only place where parsing sees a pointer.
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
        var part: UInt32 = 0
        var digits = 0
        var dots = 0
        var place = start
        while place < count, self[place] != UInt8(ascii: " ") {
            if self[place] == UInt8(ascii: ".") {
                guard digits > 0, dots < 3 else { return nil }
                bits = bits << 8 | part
                part = 0
                digits = 0
                dots += 1
            } else {
                // "01" is refused: some readers take it for octal.
                guard let digit = self[place].decimalDigit, digits == 0 || part > 0 else { return nil }
                part = part * 10 + UInt32(digit)
                digits += 1
                guard part < 256 else { return nil }
            }
            place += 1
        }
        guard digits > 0, dots == 3 else { return nil }
        start = place + 1
        return IPv4Address(bits: bits << 8 | part)
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
        var values = InlineArray<28, UInt8>(repeating: 0)
        var all: UInt8 = 0
        for place in 0..<27 {
            values[place] = self[place].base64Value
            all |= values[place]
        }
        // Two bits are left over; only one spelling of a fingerprint counts.
        guard all < 64, values[26] & 3 == 0 else { return nil }
        // Four values make three bytes; the last three make two.
        var bytes = InlineArray<20, UInt8>(repeating: 0)
        for group in 0..<7 {
            let (value, byte) = (4 * group, 3 * group)
            bytes[byte] = values[value] << 2 | values[value + 1] >> 4
            bytes[byte + 1] = values[value + 1] << 4 | values[value + 2] >> 2
            if group < 6 { bytes[byte + 2] = values[value + 2] << 6 | values[value + 3] }
        }
        return Fingerprint(bytes)
    }
}
