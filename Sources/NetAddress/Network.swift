/// An interface address with its prefix length, such as `192.168.84.1/24` or `fd00:84::1/64`.
///
/// It keeps the host part, since a configuration names the box's own address and its network in one value.
public struct Network: Hashable, Sendable {
    public let address: IPAddress
    /// Leading bits that name the network: 0...32 for IPv4, 0...128 for IPv6.
    public let prefixLength: Int

    /// Makes a network; `nil` where the prefix is longer than the address.
    public init?(_ address: IPAddress, prefixLength: Int) {
        let longest =
            switch address {
            case .v4: 32
            case .v6: 128
            }
        guard (0...longest).contains(prefixLength) else { return nil }
        self.address = address
        self.prefixLength = prefixLength
    }

    /// Reads `address/length`; `nil` for anything else.
    public init?(_ text: some StringProtocol) {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count == 2, let address = IPAddress(parts[0]), let length = Int(parts[1]) else { return nil }
        self.init(address, prefixLength: length)
    }

    /// The lowest address of the network: all host bits are zero.
    public var base: IPAddress {
        switch address {
        case .v4(let address): .v4(IPv4Address(bits: address.bits & Self.mask(prefixLength)))
        case .v6(let address): .v6(IPv6Address(bits: address.bits & Self.mask(prefixLength)))
        }
    }

    /// Tells whether an address of the same family lies in the network.
    public func contains(_ other: IPAddress) -> Bool {
        Network(other, prefixLength: prefixLength)?.base == base
    }

    /// Tells whether the two networks share an address.
    public func overlaps(_ other: Network) -> Bool {
        prefixLength <= other.prefixLength ? contains(other.base) : other.contains(base)
    }

    private static func mask<Bits: FixedWidthInteger>(_ length: Int) -> Bits {
        length == 0 ? 0 : ~0 << (Bits.bitWidth - length)
    }
}

extension Network: CustomStringConvertible {
    public var description: String {
        "\(address)/\(prefixLength)"
    }
}

extension Network {
    /// 169.254.0.0/16 (RFC 3927) or fe80::/10 (RFC 4291): addresses that lead nowhere beyond the link.
    public var isLinkLocal: Bool {
        switch address {
        case .v4(let address): address.bits >> 16 == 0xA9FE
        case .v6(let address): address.bits >> 118 == 0x3FA
        }
    }
}
