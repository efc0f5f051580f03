import NetAddress

extension [UInt8] {
    /// Appends a number in network order.
    mutating func append<Number: FixedWidthInteger>(number: Number) {
        Swift.withUnsafeBytes(of: number.bigEndian) { append(contentsOf: $0) }
    }

    /// Overwrites two bytes, such as a checksum's place.
    mutating func set(_ number: UInt16, at index: Int) {
        self[index] = UInt8(number >> 8)
        self[index + 1] = UInt8(truncatingIfNeeded: number)
    }
}

extension IPAddress {
    /// The four or sixteen bytes as they stand on the wire.
    var bytes: [UInt8] {
        switch self {
        case .v4(let address): address.bytes
        case .v6(let address): address.bytes
        }
    }
}

extension IPv4Address {
    /// The four bytes as they stand on the wire.
    public var bytes: [UInt8] {
        (0..<4).map { UInt8(truncatingIfNeeded: bits >> (8 * (3 - $0))) }
    }
}
