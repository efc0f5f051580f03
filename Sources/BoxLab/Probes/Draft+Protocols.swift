import NetAddress
import NetFrames

extension Draft {
    /// IP protocols other than TCP, UDP and ICMP.
    static let protocols: [Draft] = list(
        twins("SCTP (a connection that begins)", .prohibited) { .other(132, sctpInit($0)) },
        summed("DCCP (a connection that begins)", 33, .unpromised) { mark in
            // Request with 48-bit sequence numbers and the mark as service code and data (RFC 4340 section 5).
            ports(mark, 443) + [5, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 1] + mark.text
        },
        // Like UDP, with the checksum's coverage instead of the length: 0 covers all (RFC 3828).
        // The kernel here takes it for broken, and so sends it on untranslated.
        summed("UDP-Lite", 136, .unpromised) { mark in ports(mark, 33_333) + [0, 0, 0, 0] + mark.text },
        twins("GRE", .prohibited) { .other(47, [0, 0, 8, 0] + $0.text) },
        twins("ESP", .prohibited) { .other(50, [0, 0, 1, 0, 0, 0, 0, 1] + $0.payload(16)) },
        twins("AH", .unpromised) { mark in
            // Next header "none", 24 bytes in all, with the mark in the check value.
            .other(51, [59, 4, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1] + mark.payload(12))
        },
        // The kernel refuses aloud only what it can tell to be whole; it knows no checksum of these.
        twins("OSPF to one host", .unpromised) { .other(89, [2, 1, 0, 24] + $0.payload(20)) },
        twins("IPv4 in a tunnel", .unpromised) { mark in
            .other(4, IPv4Packet.inner(mark))
        },
        twins("IPv6 in a tunnel (6in4)", .unpromised) { mark in
            .other(41, IPv6Packet.inner(mark))
        },
        [UInt8(97), 103, 112, 115, 253, 255].flatMap { number in
            twins("raw protocol \(number)", .unpromised) { .other(number, $0.payload(20)) }
        },
        [
            Draft("raw protocol 0 over IPv4", .ipv4, .unpromised) { context, mark in
                [context.frame4(.other(0, mark.payload(20)))]
            },
            Draft("ICMPv6 within IPv4", .ipv4, .unpromised) { context, mark in
                [context.frame4(.other(58, [128, 0, 0, 0] + mark.echo))]
            },
            Draft("ICMP within IPv6", .ipv6, .unpromised) { context, mark in
                [context.frame6(.other(1, [8, 0, 0, 0] + mark.echo))]
            },
            Draft("\"no next header\" over IPv6", .ipv6, .unpromised) { context, mark in
                [context.frame6(.other(59, mark.text))]
            },
        ]
    )

    /// A protocol that has UDP's checksum, in UDP's place: a wrong one makes it INVALID to the kernel.
    private static func summed(
        _ name: String, _ number: UInt8, _ answer: Probe.Answer, _ build: @escaping @Sendable (ProbeMark) -> [UInt8]
    ) -> [Draft] {
        @Sendable func transport(_ mark: ProbeMark, from source: IPAddress, to destination: IPAddress) -> Transport {
            var bytes = build(mark)
            let sum = Checksum.internet(bytes, protocol: number, from: source, to: destination)
            bytes[6...7] = [UInt8(sum >> 8), UInt8(sum & 255)]
            return .other(number, bytes)
        }
        return [
            Draft("\(name) over IPv4", .ipv4, answer) { context, mark in
                [context.frame4(transport(mark, from: .v4(context.client4), to: .v4(context.web4)))]
            },
            Draft("\(name) over IPv6", .ipv6, answer) { context, mark in
                [context.frame6(transport(mark, from: .v6(context.client6), to: .v6(context.web6)))]
            },
        ]
    }

    /// An INIT chunk, with the mark in an unrecognised parameter that receivers skip (RFC 9260 section 3.3.2).
    private static func sctpInit(_ mark: ProbeMark) -> [UInt8] {
        let tag: [UInt8] = [0, 0, 0, 1]
        let chunk: [UInt8] =
            [1, 0, 0, 32] + tag + [0, 1, 0, 0, 0, 1, 0, 1] + tag + [0x80, 0x99, 0, 12] + mark.text
        var packet = ports(mark, 443) + [0, 0, 0, 0, 0, 0, 0, 0] + chunk
        let sum = Checksum.castagnoli(packet)
        for place in 0..<4 {
            packet[8 + place] = UInt8(truncatingIfNeeded: sum >> (8 * UInt32(place)))
        }
        return packet
    }
}

extension IPv4Packet {
    /// A packet to be hidden within another.
    fileprivate static func inner(_ mark: ProbeMark) -> [UInt8] {
        let packet = IPv4Packet(
            from: IPv4Address("198.51.100.7")!, to: IPv4Address("198.51.100.8")!, .udp(mark, to: 53))
        return Frame(from: .broadcast, to: .broadcast, .ipv4(packet)).contentBytes
    }
}

extension IPv6Packet {
    fileprivate static func inner(_ mark: ProbeMark) -> [UInt8] {
        let packet = IPv6Packet(
            from: IPv6Address("2001:db8:7::7")!, to: IPv6Address("2001:db8:7::8")!, .udp(mark, to: 53))
        return Frame(from: .broadcast, to: .broadcast, .ipv6(packet)).contentBytes
    }
}
