import NetAddress

/// Reads numbers in network order from bytes; whatever would reach past the end is an error, never a trap.
struct ByteReader {
    private let bytes: [UInt8]
    private var position: Int
    private let end: Int
    /// What is being read, for the error's text.
    private let name: String

    init(_ bytes: [UInt8], naming name: String) {
        self.bytes = bytes
        position = 0
        end = bytes.count
        self.name = name
    }

    var remaining: Int { end - position }

    mutating func integer<Number: FixedWidthInteger & UnsignedInteger>(_: Number.Type) throws(FrameError) -> Number {
        let size = Number.bitWidth / 8
        try require(size)
        var number: Number = 0
        for index in position..<position + size {
            number = number << 8 | Number(bytes[index])
        }
        position += size
        return number
    }

    mutating func byte() throws(FrameError) -> UInt8 { try integer(UInt8.self) }

    mutating func take(_ count: Int) throws(FrameError) -> [UInt8] {
        try require(count)
        defer { position += count }
        return Array(bytes[position..<position + count])
    }

    mutating func rest() -> [UInt8] {
        defer { position = end }
        return Array(bytes[position..<end])
    }

    mutating func hardwareAddress() throws(FrameError) -> HardwareAddress {
        let high = try integer(UInt16.self)
        return HardwareAddress(bits: UInt64(high) << 32 | UInt64(try integer(UInt32.self)))
    }

    private func require(_ count: Int) throws(FrameError) {
        guard count >= 0, count <= remaining else {
            throw FrameError(.truncated, "\(name): \(count) more bytes announced, \(remaining) there")
        }
    }
}
