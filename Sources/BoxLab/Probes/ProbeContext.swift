import NetAddress
import NetFrames

/// The addresses that probes speak of: the client that sends, the box it sends to, and the world behind.
public struct ProbeContext: Sendable {
    public var clientHardware: HardwareAddress
    public var client4: IPv4Address
    public var client6: IPv6Address
    public var clientLinkLocal: IPv6Address
    /// The box's interface on the LAN: the next hop of all that is routed.
    public var boxHardware: HardwareAddress
    public var box4: IPv4Address
    public var box6: IPv6Address

    /// Another client of the same LAN, in whose name a probe lies.
    public var neighbour4 = IPv4Address("10.84.0.99")!
    public var neighbour6 = IPv6Address("fd00:84::99")!
    public var lanBroadcast = IPv4Address("10.84.0.255")!
    /// The box's own addresses on the uplink.
    public var uplink4 = IPv4Address("192.168.1.2")!
    public var uplink6 = IPv6Address("2001:db8:1::2")!
    public var uplinkBroadcast = IPv4Address("192.168.1.255")!
    /// The uplink's router, with its pages.
    public var router4 = IPv4Address("192.168.1.1")!
    public var router6 = IPv6Address("2001:db8:1::1")!
    public var web4 = IPv4Address("203.0.113.80")!
    public var web6 = IPv6Address("2001:db8:80::80")!
    public var resolver4 = IPv4Address("8.8.8.8")!
    public var resolver6 = IPv6Address("2001:4860:4860::8888")!
    /// A relay that is no guard, so that no client's packet may go straight to it.
    public var relay4 = IPv4Address("203.0.113.11")!
    public var relay6 = IPv6Address("2001:db8:80::11")!
    public var relayPort: UInt16 = 9001
    /// The largest IP packet that the client's link takes, in bytes.
    public var linkMTU = 1500

    public init(
        clientHardware: HardwareAddress, client4: IPv4Address, client6: IPv6Address, clientLinkLocal: IPv6Address,
        boxHardware: HardwareAddress, box4: IPv4Address, box6: IPv6Address
    ) {
        self.clientHardware = clientHardware
        self.client4 = client4
        self.client6 = client6
        self.clientLinkLocal = clientLinkLocal
        self.boxHardware = boxHardware
        self.box4 = box4
        self.box6 = box6
    }

    /// The same towards a next hop that nobody is, for which a bridge floods every port.
    public var bridged: ProbeContext {
        var context = self
        context.boxHardware = HardwareAddress(bits: 0x0200_0000_00FE)
        return context
    }

    /// Where a probe goes.
    enum Place {
        case web
        case resolver
        case relay
        case router
        /// The box, at its address on the uplink.
        case uplink
        /// The box, at its address on the LAN.
        case box
    }

    func address4(of place: Place) -> IPv4Address {
        switch place {
        case .web: web4
        case .resolver: resolver4
        case .relay: relay4
        case .router: router4
        case .uplink: uplink4
        case .box: box4
        }
    }

    func address6(of place: Place) -> IPv6Address {
        switch place {
        case .web: web6
        case .resolver: resolver6
        case .relay: relay6
        case .router: router6
        case .uplink: uplink6
        case .box: box6
        }
    }

    func frame4(
        from source: IPv4Address? = nil, to place: Place = .web, timeToLive: UInt8 = 64, _ transport: Transport
    ) -> Frame {
        frame(IPv4Packet(from: source ?? client4, to: address4(of: place), timeToLive: timeToLive, transport))
    }

    func frame6(
        from source: IPv6Address? = nil, to place: Place = .web, hopLimit: UInt8 = 64,
        extensions: [IPv6Extension] = [], _ transport: Transport
    ) -> Frame {
        frame(
            IPv6Packet(
                from: source ?? client6, to: address6(of: place), hopLimit: hopLimit, extensions: extensions, transport)
        )
    }

    /// Puts a packet into a frame for the box, or for the group that it is addressed to.
    func frame(_ packet: IPv4Packet) -> Frame {
        let isBroadcast = [IPv4Address(bits: 0xFFFF_FFFF), lanBroadcast, uplinkBroadcast].contains(packet.destination)
        let isMulticast = packet.destination.bits >> 28 == 0xE
        let nextHop =
            isBroadcast
            ? .broadcast : isMulticast ? HardwareAddress(multicast: .v4(packet.destination)) : boxHardware
        return Frame(from: clientHardware, to: nextHop, .ipv4(packet))
    }

    func frame(_ packet: IPv6Packet) -> Frame {
        let isMulticast = packet.destination.bits >> 120 == 0xFF
        let nextHop = isMulticast ? HardwareAddress(multicast: .v6(packet.destination)) : boxHardware
        return Frame(from: clientHardware, to: nextHop, .ipv6(packet))
    }
}
