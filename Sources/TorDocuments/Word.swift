/// Eight bytes of text in one number, the first in its highest bits: a short number is read from all of them at once.
///
/// Where a number ends is different on each line. A processor that guesses it anew after each byte is wrong so often
/// that addresses took a quarter of all parsing.
struct Word {
    private let bits: UInt64

    @inline(__always)
    init(_ bits: UInt64) {
        self.bits = bits
    }

    /// The decimal number that the word begins with, and its digits: none where it begins with anything else.
    @inline(__always)
    var decimalNumber: (value: UInt64, digits: Int) {
        let values = bits ^ Self.every(UInt8(ascii: "0"))
        let digits = Self.count(before: Self.bytes(of: values, from: 10))
        // Neighbours are joined to numbers of two digits, these to four, and these to eight.
        let single = Self.first(digits, of: values)
        let double = (single >> 8 & 0x00FF_00FF_00FF_00FF) * 10 + (single & 0x00FF_00FF_00FF_00FF)
        let quadruple = (double >> 16 & 0x0000_FFFF_0000_FFFF) * 100 + (double & 0x0000_FFFF_0000_FFFF)
        return ((quadruple >> 32) * 10_000 + (quadruple & 0xFFFF_FFFF), digits)
    }

    /// The hexadecimal number of either case that the word begins with, and its digits, likewise.
    @inline(__always)
    var hexadecimalNumber: (value: UInt64, digits: Int) {
        let isNoDigit = Self.bytes(of: bits ^ Self.every(UInt8(ascii: "0")), from: 10)
        // The letters become 1 to 6.
        let letters = (bits | Self.every(0x20)) ^ Self.every(0x60)
        let isNoLetter = Self.bytes(of: letters, from: 7) | ~Self.bytes(of: letters, from: 1) & Self.every(0x80)
        let digits = Self.count(before: isNoDigit & isNoLetter)
        let values = (bits & Self.every(0x0F)) + (bits >> 6 & Self.every(1)) * 9
        let single = Self.first(digits, of: values)
        let double = (single >> 4 | single) & 0x00FF_00FF_00FF_00FF
        let quadruple = (double >> 8 | double) & 0x0000_FFFF_0000_FFFF
        return ((quadruple >> 16 | quadruple) & 0xFFFF_FFFF, digits)
    }

    /// The same byte eight times.
    @inline(__always)
    private static func every(_ byte: UInt8) -> UInt64 {
        0x0101_0101_0101_0101 * UInt64(byte)
    }

    /// The highest bit of each byte that is `limit` (1 to 127) or more, and no other bit.
    @inline(__always)
    private static func bytes(of bits: UInt64, from limit: UInt8) -> UInt64 {
        // No sum exceeds its byte, so that none disturbs its neighbour.
        ((bits & every(0x7F)) + every(0x80 - limit) | bits) & every(0x80)
    }

    /// How many bytes stand before the first of those marked in their highest bits; 8 where none is.
    @inline(__always)
    private static func count(before marks: UInt64) -> Int {
        marks.leadingZeroBitCount / 8
    }

    /// The first bytes alone, in the lowest bits.
    @inline(__always)
    private static func first(_ count: Int, of bits: UInt64) -> UInt64 {
        bits >> (64 - 8 * count)
    }
}
