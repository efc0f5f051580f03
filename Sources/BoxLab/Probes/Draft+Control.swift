import NetAddress
import NetFrames

extension Draft {
    /// ICMP and ICMPv6 that a router would forward.
    static let control: [Draft] = list(
        echo("ICMP echo", .prohibited), echo("traceroute by ICMP, TTL 3", .prohibited, timeToLive: 3),
        echo("ICMP echo to the uplink's router", to: .router, .prohibited),
        [
            icmp("ICMP timestamp", type: 13, .prohibited) { mark, _ in
                [0x74, 0x62, 0, 1] + mark.payload(12)
            },
            icmp("ICMP address mask request", type: 17, .prohibited) { mark, _ in
                [0x74, 0x62, 0, 1] + mark.text
            },
            icmp("an unknown ICMP type (200)", type: 200, .unpromised) { mark, _ in [0, 0, 0, 0] + mark.text },
            icmp("ICMP redirect", type: 5, code: 1, .silence) { mark, context in
                context.box4.bytes + context.quote4(mark)
            },
            icmp("ICMP port unreachable about a flow", type: 3, code: 3, .silence) { mark, context in
                [0, 0, 0, 0] + context.quote4(mark)
            },
            icmp("ICMP fragmentation needed about a flow", type: 3, code: 4, .silence) { mark, context in
                [0, 0, 2, 0x40] + context.quote4(mark)
            },
            icmp("ICMP time exceeded about a flow", type: 11, .silence) { mark, context in
                [0, 0, 0, 0] + context.quote4(mark)
            },
            icmpv6("ICMPv6 redirect", type: 137, .silence) { mark, context in
                [0, 0, 0, 0] + context.box6.bytes + context.web6.bytes + mark.nonceOption
            },
            icmpv6("ICMPv6 port unreachable about a flow", type: 1, code: 4, .silence) { mark, context in
                [0, 0, 0, 0] + context.quote6(mark)
            },
            icmpv6("ICMPv6 packet too big about a flow", type: 2, .silence) { mark, context in
                [0, 0, 5, 0] + context.quote6(mark)
            },
            icmpv6("ICMPv6 time exceeded about a flow", type: 3, .silence) { mark, context in
                [0, 0, 0, 0] + context.quote6(mark)
            },
            icmpv6("an unknown ICMPv6 type (200)", type: 200, .unpromised) { mark, _ in [0, 0, 0, 0] + mark.text },
        ]
    )

    private typealias Body = @Sendable (ProbeMark, ProbeContext) -> [UInt8]

    private static func echo(
        _ name: String, to place: ProbeContext.Place = .web, _ answer: Probe.Answer, timeToLive: UInt8 = 64
    ) -> [Draft] {
        [
            Draft("\(name) over IPv4", .ipv4, answer) { context, mark in
                [context.frame4(to: place, timeToLive: timeToLive, .icmp(ICMPMessage(type: 8, mark.echo)))]
            },
            Draft("\(name) over IPv6", .ipv6, answer) { context, mark in
                [context.frame6(to: place, hopLimit: timeToLive, .icmpv6(ICMPMessage(type: 128, mark.echo)))]
            },
        ]
    }

    private static func icmp(
        _ name: String, type: UInt8, code: UInt8 = 0, _ answer: Probe.Answer, _ body: @escaping Body
    ) -> Draft {
        Draft("\(name) over IPv4", .ipv4, answer) { context, mark in
            [context.frame4(.icmp(ICMPMessage(type: type, code: code, body(mark, context))))]
        }
    }

    private static func icmpv6(
        _ name: String, type: UInt8, code: UInt8 = 0, _ answer: Probe.Answer, _ body: @escaping Body
    ) -> Draft {
        Draft("\(name) over IPv6", .ipv6, answer) { context, mark in
            // 255, as neighbour discovery asks for; the others do not mind.
            [context.frame6(hopLimit: 255, .icmpv6(ICMPMessage(type: type, code: code, body(mark, context))))]
        }
    }
}

extension ProbeMark {
    /// Identifier, sequence number and payload of an echo request.
    var echo: [UInt8] { [UInt8(port >> 8), UInt8(port & 255), 0, 1] + payload(32) }

    /// A neighbour discovery option of 16 bytes that holds the mark (a nonce, RFC 3971 section 5.3.2).
    var nonceOption: [UInt8] { [14, 2] + payload(14) }
}

extension ProbeContext {
    /// A packet from the web server to the client, which an error of the client's would quote.
    func quote4(_ mark: ProbeMark) -> [UInt8] {
        let packet = IPv4Packet(from: web4, to: client4, .udp(UDPDatagram(from: 443, to: mark.port, mark.text)))
        return frame(packet).contentBytes
    }

    func quote6(_ mark: ProbeMark) -> [UInt8] {
        let packet = IPv6Packet(from: web6, to: client6, .udp(UDPDatagram(from: 443, to: mark.port, mark.text)))
        return frame(packet).contentBytes
    }
}

extension Frame {
    /// What follows the Ethernet header of an untagged frame.
    var contentBytes: [UInt8] { Array(bytes.dropFirst(14)) }
}
