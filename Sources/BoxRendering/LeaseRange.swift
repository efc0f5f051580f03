import NetAddress

/// The addresses that DHCP may hand out: the longest run of the LAN's network that holds neither the box's own address
/// nor those of the network and its broadcast.
struct LeaseRange: Equatable {
    let first: IPv4Address
    let last: IPv4Address
    let mask: IPv4Address

    /// - Returns: `nil` for IPv6, and for a network of more than 28 bits, which no LAN has.
    init?(_ network: Network) {
        guard case .v4(let box) = network.address, case .v4(let base) = network.base, network.prefixLength <= 28
        else { return nil }
        let hosts = UInt32.max >> network.prefixLength
        let broadcast = base.bits | hosts
        mask = IPv4Address(bits: ~hosts)
        if box.bits - base.bits <= broadcast - box.bits {
            first = IPv4Address(bits: box.bits + 1)
            last = IPv4Address(bits: broadcast - 1)
        } else {
            first = IPv4Address(bits: base.bits + 1)
            last = IPv4Address(bits: box.bits - 1)
        }
    }
}
