import NetAddress
import NetFrames

extension Draft {
    /// UDP in both families, to places that a router would forward it to.
    static let datagrams: [Draft] = list(
        twins("UDP to an arbitrary port (UDP/33333)", .prohibited) { .udp($0, to: 33_333) },
        twins("QUIC to a web server (UDP/443)", .prohibited) { mark in
            .udp(UDPDatagram(from: mark.port, to: 443, quicInitial(mark)))
        },
        twins("a video call's STUN (UDP/3478)", .prohibited) { mark in
            // A binding request (RFC 8489) with its 12-byte transaction.
            .udp(UDPDatagram(from: mark.port, to: 3478, [0, 1, 0, 0, 0x21, 0x12, 0xA4, 0x42] + mark.payload(12)))
        },
        twins("DNS to a public resolver (UDP/53)", to: .resolver, .unpromised) { mark in
            .udp(UDPDatagram(from: mark.port, to: 53, dnsQuestion(mark)))
        },
        twins("NTP to a time server (UDP/123)", .unpromised) { mark in
            // Version 4, client; the mark stands in the transmit timestamp.
            .udp(UDPDatagram(from: mark.port, to: 123, [0x23] + [UInt8](repeating: 0, count: 39) + mark.text))
        },
        twins("UDP to the uplink's router (UDP/161)", to: .router, .prohibited) { .udp($0, to: 161) },
        twins("UDP to a Tor relay", to: .relay, .prohibited) { .udp($0, to: 9001) },
        [2, 3, 4].flatMap { hops in
            twins("traceroute by UDP, TTL \(hops)", .prohibited, timeToLive: hops) { .udp($0, to: 33_434) }
        },
        twins("traceroute by UDP, TTL 1", by: .bridge, .unpromised, timeToLive: 1) { .udp($0, to: 33_434) },
        [
            Draft("DHCP to a server far away over IPv4", .ipv4, .unpromised) { context, mark in
                [context.frame4(.udp(UDPDatagram(from: 68, to: 67, dhcpDiscover(mark, context))))]
            },
            Draft("DHCPv6 to a server far away over IPv6", .ipv6, .unpromised) { context, mark in
                [context.frame6(.udp(UDPDatagram(from: 546, to: 547, dhcpv6Solicit(mark))))]
            },
            Draft("UDP as large as the link takes over IPv4", .ipv4, .prohibited) { context, mark in
                [context.frame4(.udp(UDPDatagram(from: mark.port, to: 33_333, mark.payload(context.linkMTU - 28))))]
            },
            Draft("UDP as large as the link takes over IPv6", .ipv6, .prohibited) { context, mark in
                [context.frame6(.udp(UDPDatagram(from: mark.port, to: 33_333, mark.payload(context.linkMTU - 48))))]
            },
            Draft("UDP without a checksum over IPv4", .ipv4, .prohibited) { context, mark in
                var datagram = UDPDatagram(from: mark.port, to: 33_333, mark.text)
                datagram.checksum = 0
                return [context.frame4(.udp(datagram))]
            },
            Draft("UDP to a link-local address (169.254.169.254) over IPv4", .ipv4, .prohibited) { context, mark in
                let packet = IPv4Packet(
                    from: context.client4, to: IPv4Address("169.254.169.254")!, .udp(mark, to: 33_333))
                return [context.frame(packet)]
            },
        ]
    )

    /// A QUIC version 1 Initial of the smallest lawful size (RFC 9000 section 14.1); only its cipher text is invented.
    private static func quicInitial(_ mark: ProbeMark) -> [UInt8] {
        // Long header, version, connection id, no source id, no token, length 1182.
        let header: [UInt8] = [0xC3, 0, 0, 0, 1, 8] + mark.text + [0, 0, 0x44, 0x9E]
        return header + (0..<1182).map { UInt8(truncatingIfNeeded: $0 * 167 + 13) }
    }

    /// A question for the address of `<mark>.probe.test`.
    static func dnsQuestion(_ mark: ProbeMark) -> [UInt8] {
        let header: [UInt8] = [UInt8(mark.number >> 8), UInt8(mark.number & 255), 1, 0, 0, 1, 0, 0, 0, 0, 0, 0]
        let name = [8] + mark.text + [5] + Array("probe".utf8) + [4] + Array("test".utf8) + [0]
        return header + name + [0, 1, 0, 1]
    }

    static func dhcpDiscover(_ mark: ProbeMark, _ context: ProbeContext) -> [UInt8] {
        let fixed: [UInt8] = [1, 1, 6, 0, 0x74, 0x62, UInt8(mark.number >> 8), UInt8(mark.number & 255)]
        let addresses = [UInt8](repeating: 0, count: 20) + context.clientHardware.bytes
        let padded = fixed + addresses + [UInt8](repeating: 0, count: 236 - fixed.count - addresses.count)
        return padded + [0x63, 0x82, 0x53, 0x63, 53, 1, 1, 12, 8] + mark.text + [255]
    }

    /// A solicit whose client is known by the mark (an enterprise's identifier, RFC 9915 section 11.3).
    static func dhcpv6Solicit(_ mark: ProbeMark) -> [UInt8] {
        let solicit: [UInt8] = [1, 0x74, UInt8(mark.number >> 8), UInt8(mark.number & 255)]
        return solicit + [0, 1, 0, 14, 0, 2, 0, 0, 0x7F, 0xFF] + mark.text + [0, 8, 0, 2, 0, 0]
    }

    /// Source and destination port, as all transports begin.
    static func ports(_ mark: ProbeMark, _ destination: UInt16) -> [UInt8] {
        [mark.port, destination].flatMap { [UInt8($0 >> 8), UInt8($0 & 255)] }
    }
}

extension Transport {
    /// A datagram that holds nothing but the mark.
    static func udp(_ mark: ProbeMark, to port: UInt16) -> Transport {
        .udp(UDPDatagram(from: mark.port, to: port, mark.text))
    }

    /// A segment known by its sequence number, and by its payload where it has one.
    static func tcp(
        _ mark: ProbeMark, to port: UInt16, _ flags: TCPSegment.Flags = .syn, payload: [UInt8] = []
    ) -> Transport {
        .tcp(
            TCPSegment(
                from: mark.port, to: port, flags, sequence: mark.sequence,
                acknowledgment: flags.contains(.ack) ? 0x5555_0001 : 0, payload: payload))
    }
}
