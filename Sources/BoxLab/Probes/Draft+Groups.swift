import NetAddress
import NetFrames

extension Draft {
    /// What is sent to many: no router forwards it by itself, a bridge does.
    static let groups: [Draft] = list(
        [
            ("multicast UDP (239.1.2.3)", "239.1.2.3", 5000),
            ("UDP to all hosts (224.0.0.1)", "224.0.0.1", 5000),
            ("broadcast UDP (255.255.255.255)", "255.255.255.255", 5000),
            ("UDP to the LAN's broadcast address (10.84.0.255)", "10.84.0.255", 5000),
            ("UDP to the uplink's broadcast address (192.168.1.255)", "192.168.1.255", 5000),
            ("mDNS (UDP/5353)", "224.0.0.251", 5353),
            ("SSDP (UDP/1900)", "239.255.255.250", 1900),
            ("LLMNR (UDP/5355)", "224.0.0.252", 5355),
            ("WS-Discovery (UDP/3702)", "239.255.255.250", 3702),
            ("NetBIOS names (UDP/137)", "10.84.0.255", 137),
            ("NetBIOS datagrams (UDP/138)", "10.84.0.255", 138),
        ].map { name, group, port in many4(name, IPv4Address(group)!, port) },
        [
            ("multicast UDP (ff0e::114)", "ff0e::114", 5000),
            ("UDP to all nodes (ff02::1)", "ff02::1", 5000),
            ("mDNS (UDP/5353)", "ff02::fb", 5353),
            ("SSDP (UDP/1900)", "ff02::c", 1900),
            ("LLMNR (UDP/5355)", "ff02::1:3", 5355),
            ("WS-Discovery (UDP/3702)", "ff02::c", 3702),
        ].map { name, group, port in many6(name, IPv6Address(group)!, port) },
        [
            Draft("a DHCP discover over IPv4", .ipv4, by: .bridge, .unpromised) { context, mark in
                let datagram = UDPDatagram(from: 68, to: 67, dhcpDiscover(mark, context))
                let everybody = IPv4Address(bits: 0xFFFF_FFFF)
                return [context.frame(IPv4Packet(from: IPv4Address(bits: 0), to: everybody, .udp(datagram)))]
            },
            Draft("a DHCPv6 solicit over IPv6", .ipv6, by: .bridge, .unpromised) { context, mark in
                let datagram = UDPDatagram(from: 546, to: 547, dhcpv6Solicit(mark))
                let servers = IPv6Address("ff02::1:2")!
                return [context.frame(IPv6Packet(from: context.clientLinkLocal, to: servers, .udp(datagram)))]
            },
            Draft("an IGMP report over IPv4", .ipv4, by: .bridge, .silence) { context, mark in
                // Version 3: one group, with the mark as auxiliary data (RFC 3376 section 4.2).
                var report: [UInt8] = [0x22, 0, 0, 0, 0, 0, 0, 1, 4, 2, 0, 0, 239, 1, 2, 3] + mark.text
                let sum = Checksum.internet(report)
                report[2...3] = [UInt8(sum >> 8), UInt8(sum & 255)]
                let routers = IPv4Address("224.0.0.22")!
                var packet = IPv4Packet(from: context.client4, to: routers, timeToLive: 1, .other(2, report))
                packet.options = [148, 4, 0, 0]
                return [context.frame(packet)]
            },
            Draft("an MLD report over IPv6", .ipv6, by: .bridge, .silence) { context, mark in
                // One group, with the mark as auxiliary data (RFC 3810 section 5.2).
                let group = IPv6Address("ff0e::114")!
                let report = ICMPMessage(type: 143, [0, 0, 0, 1, 4, 2, 0, 0] + group.bytes + mark.text)
                let packet = IPv6Packet(
                    from: context.clientLinkLocal, to: IPv6Address("ff02::16")!, hopLimit: 1,
                    extensions: [.options(.hopByHop, [5, 2, 0, 0])], .icmpv6(report))
                return [context.frame(packet)]
            },
            Draft("OSPF to all routers over IPv4", .ipv4, by: .bridge, .silence) { context, mark in
                let hello = Transport.other(89, [2, 1, 0, 24] + mark.payload(20))
                return [context.frame(IPv4Packet(from: context.client4, to: IPv4Address("224.0.0.5")!, hello))]
            },
        ]
    )

    private static func many4(_ name: String, _ group: IPv4Address, _ port: UInt16) -> Draft {
        Draft("\(name) over IPv4", .ipv4, by: .bridge, .silence) { context, mark in
            [context.frame(IPv4Packet(from: context.client4, to: group, .udp(mark, to: port)))]
        }
    }

    private static func many6(_ name: String, _ group: IPv6Address, _ port: UInt16) -> Draft {
        Draft("\(name) over IPv6", .ipv6, by: .bridge, .silence) { context, mark in
            [context.frame(IPv6Packet(from: context.clientLinkLocal, to: group, .udp(mark, to: port)))]
        }
    }
}
