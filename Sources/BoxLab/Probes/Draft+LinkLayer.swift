import NetAddress
import NetFrames

extension Draft {
    /// Frames below IP, and the neighbour protocols, which must stay on the LAN.
    static let linkLayer: [Draft] = list(
        [
            raw("LLDP", type: 0x88CC, to: 0x0180_C200_000E),
            raw("EAPOL", type: 0x888E, to: 0x0180_C200_0003),
            raw("PPPoE discovery", type: 0x8863, to: 0xFFFF_FFFF_FFFF),
            raw("Wake-on-LAN", type: 0x0842, to: 0xFFFF_FFFF_FFFF),
            raw("an unknown Ethernet type (0x88B5)", type: 0x88B5, to: 0xFFFF_FFFF_FFFF),
            Draft("an 802.3 frame", .linkLayer, by: .bridge, .silence) { context, mark in
                let payload = [0xAA, 0xAA, 3] + mark.text
                return [
                    Frame(from: context.clientHardware, to: .broadcast, .other(type: UInt16(payload.count), payload))
                ]
            },
            Draft("UDP with a VLAN tag", .linkLayer, by: .bridge, .silence) { context, mark in
                var frame = context.frame4(.udp(mark, to: 33_333))
                frame.tags = [VLANTag(control: 7)]
                return [frame]
            },
            Draft("UDP with two VLAN tags", .linkLayer, by: .bridge, .silence) { context, mark in
                var frame = context.frame4(.udp(mark, to: 33_333))
                frame.tags = [VLANTag(type: 0x88A8, control: 7), VLANTag(control: 8)]
                return [frame]
            },
            arp("an ARP question", operation: 1) { ($0.client4, $0.box4) },
            arp("an ARP answer in the name of the uplink's router", operation: 2) { ($0.router4, $0.client4) },
        ],
        [
            neighbour("a neighbour solicitation", type: 135, to: "ff02::1:ff00:1") { [0, 0, 0, 0] + $0.box6.bytes },
            neighbour("a neighbour advertisement in the name of the uplink's router", type: 136, to: "ff02::1") {
                [0x20, 0, 0, 0] + $0.router6.bytes
            },
            neighbour("a router solicitation", type: 133, to: "ff02::2") { _ in [0, 0, 0, 0] },
            // Hop limit 64, lifetime 1800 s, no timers: "I am your router".
            neighbour("a router advertisement", type: 134, to: "ff02::1") { _ in
                [64, 0, 7, 8, 0, 0, 0, 0, 0, 0, 0, 0]
            },
        ]
    )

    private static func raw(_ name: String, type: UInt16, to group: UInt64) -> Draft {
        Draft(name, .linkLayer, by: .bridge, .silence) { context, mark in
            let destination = HardwareAddress(bits: group)
            return [Frame(from: context.clientHardware, to: destination, .other(type: type, mark.payload(46)))]
        }
    }

    /// ARP, with the mark where Ethernet pads.
    private static func arp(
        _ name: String, operation: UInt16,
        _ addresses: @escaping @Sendable (ProbeContext) -> (sender: IPv4Address, target: IPv4Address)
    ) -> Draft {
        Draft(name, .linkLayer, by: .bridge, .unpromised) { context, mark in
            let (sender, target) = addresses(context)
            let packet = ARPPacket(operation: operation, sender: sender, at: context.clientHardware, target: target)
            return [
                Frame(from: context.clientHardware, to: .broadcast, .arp(packet), trailer: mark.payload(18))
            ]
        }
    }

    private static func neighbour(
        _ name: String, type: UInt8, to group: String, _ body: @escaping @Sendable (ProbeContext) -> [UInt8]
    ) -> Draft {
        Draft(name, .linkLayer, by: .bridge, .unpromised) { context, mark in
            let message = ICMPMessage(type: type, body(context) + mark.nonceOption)
            let packet = IPv6Packet(
                from: context.clientLinkLocal, to: IPv6Address(group)!, hopLimit: 255, .icmpv6(message))
            return [context.frame(packet)]
        }
    }
}
