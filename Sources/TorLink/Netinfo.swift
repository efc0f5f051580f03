import NetAddress

/// What a NETINFO cell says (tor-spec, "NETINFO cells"); of a relay's own only the time is of interest.
struct Netinfo: Hashable, Sendable {
    /// Seconds since 1970; 0 where the relay says none.
    let time: UInt32

    /// Octets after the addresses are ignored, and so is what the addresses are.
    init(parsing body: ArraySlice<UInt8>) throws(LinkError) {
        var reader = ByteReader(body)
        guard let time = reader.uint32(), reader.skipAddress(), let others = reader.byte(),
            (0..<others).allSatisfy({ _ in reader.skipAddress() })
        else { throw LinkError(.garbage, .netinfo, "a NETINFO cell that ends too early") }
        self.time = time
    }

    /// The body that tor's clients send: no time, the relay's address, none of their own.
    static func ofClient(seeing relay: IPAddress) -> [UInt8] {
        let address: [UInt8] =
            switch relay {
            case .v4(let address): [4, 4] + (0..<4).map { UInt8(truncatingIfNeeded: address.bits >> (24 - 8 * $0)) }
            case .v6(let address): [6, 16] + address.bytes
            }
        return [0, 0, 0, 0] + address + [0]
    }
}

extension ByteReader {
    /// Passes by type, length and value of an address; false where it is cut off.
    fileprivate mutating func skipAddress() -> Bool {
        guard byte() != nil, let length = byte() else { return false }
        return take(Int(length)) != nil
    }
}
