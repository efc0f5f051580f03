import NetAddress

/// Who the box is on its uplink: every frame that leaves must speak of this and of nobody else.
public struct Uplink: Sendable, Hashable {
    public var hardwareAddress: HardwareAddress
    /// The box's own addresses with the networks they lie in, link-local ones too.
    public var networks: [Network]

    public init(hardwareAddress: HardwareAddress, networks: [Network]) {
        self.hardwareAddress = hardwareAddress
        self.networks = networks
    }

    func owns(_ address: IPAddress) -> Bool {
        networks.contains { $0.address == address }
    }

    /// Whether the box may ask who holds the address: it shares a network with it.
    func isNeighbour(_ address: IPAddress) -> Bool {
        networks.contains { $0.contains(address) }
    }
}
