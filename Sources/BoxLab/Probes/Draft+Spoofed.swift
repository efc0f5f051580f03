import NetAddress
import NetFrames

extension Draft {
    /// Packets in somebody else's name, as UDP and as a connection that begins.
    static let spoofed: [Draft] = [
        lie4("another client", .router) { $0.neighbour4 },
        lie4("a stranger (198.51.100.7)", .router) { _ in IPv4Address("198.51.100.7")! },
        lie4("a link-local address (169.254.7.7)", .router) { _ in IPv4Address("169.254.7.7")! },
        // The kernel takes no packet from outside that claims to come from itself.
        lie4("the box on the LAN", .bridge) { $0.box4 },
        lie4("the box on the uplink", .bridge) { $0.uplink4 },
        lie4("the uplink's router", .router) { $0.router4 },
        lie4("the loopback (127.0.0.1)", .bridge) { _ in IPv4Address("127.0.0.1")! },
        lie4("nobody (0.0.0.0)", .bridge) { _ in IPv4Address(bits: 0) },
        lie4("a group (239.1.2.3)", .bridge) { _ in IPv4Address("239.1.2.3")! },
        lie6("another client", .router) { $0.neighbour6 },
        lie6("a stranger (2001:db8:bad::7)", .router) { _ in IPv6Address("2001:db8:bad::7")! },
        lie6("the box on the LAN", .router) { $0.box6 },
        lie6("the box on the uplink", .router) { $0.uplink6 },
        lie6("the uplink's router", .router) { $0.router6 },
        lie6("the loopback (::1)", .bridge) { _ in IPv6Address("::1")! },
        lie6("nobody (::)", .bridge) { _ in IPv6Address(bits: 0) },
        lie6("a group (ff0e::114)", .bridge) { _ in IPv6Address("ff0e::114")! },
        lie6("the client's link-local address, to far away", .bridge) { $0.clientLinkLocal },
        lie6("an IPv4 address written as IPv6 (::ffff:10.84.0.11)", .bridge) { _ in IPv6Address("::ffff:10.84.0.11")! },
    ]

    private static func lie4(
        _ name: String, _ control: Probe.Control, _ source: @escaping @Sendable (ProbeContext) -> IPv4Address
    ) -> Draft {
        Draft("packets in the name of \(name) over IPv4", .ipv4, by: control, .silence) { context, mark in
            [Transport.udp(mark, to: 33_333), .tcp(mark, to: 443)].map { context.frame4(from: source(context), $0) }
        }
    }

    private static func lie6(
        _ name: String, _ control: Probe.Control, _ source: @escaping @Sendable (ProbeContext) -> IPv6Address
    ) -> Draft {
        Draft("packets in the name of \(name) over IPv6", .ipv6, by: control, .silence) { context, mark in
            [Transport.udp(mark, to: 33_333), .tcp(mark, to: 443)].map { context.frame6(from: source(context), $0) }
        }
    }
}
