import NetAddress
import NetFrames

extension Draft {
    /// TCP connections that begin.
    static let connections: [Draft] = list(
        twins("a connection to a web server (TCP/443)", .resetUntilOpen) { .tcp($0, to: 443) },
        twins("a connection to a web server (TCP/80)", .resetUntilOpen) { .tcp($0, to: 80) },
        twins("a connection to an SSH server (TCP/22)", .resetUntilOpen) { .tcp($0, to: 22) },
        twins("a connection to a mail server (TCP/25)", .resetUntilOpen) { .tcp($0, to: 25) },
        twins("DNS over TLS (TCP/853)", to: .resolver, .resetUntilOpen) { .tcp($0, to: 853) },
        twins("DNS to a public resolver (TCP/53)", to: .resolver, .unpromised) { .tcp($0, to: 53) },
        [
            Draft("a connection to a Tor relay that is no guard over IPv4", .ipv4, .resetUntilOpen) { context, mark in
                [context.frame4(to: .relay, .tcp(mark, to: context.relayPort))]
            },
            Draft("a connection to a Tor relay that is no guard over IPv6", .ipv6, .resetUntilOpen) { context, mark in
                [context.frame6(to: .relay, .tcp(mark, to: context.relayPort))]
            },
            Draft("a connection to a link-local address (169.254.169.254) over IPv4", .ipv4, .reset) {
                context, mark in
                let metadata = IPv4Address("169.254.169.254")!
                return [context.frame(IPv4Packet(from: context.client4, to: metadata, .tcp(mark, to: 80)))]
            },
        ],
        [
            Draft("the box's SSH port, from a link-local address over IPv6", .ipv6, by: .bridge, .prohibited) {
                context, mark in
                [context.frame6(from: context.clientLinkLocal, to: .box, .tcp(mark, to: 22))]
            }
        ],
        twins("a connection that begins with data", .resetUntilOpen) { .tcp($0, to: 443, payload: $0.text) },
        twins("a connection to port 0", .unpromised) { .tcp($0, to: 0) },
        [
            Draft("the pages of the uplink's router (TCP/80) over IPv4", .ipv4, .reset) { context, mark in
                [context.frame4(to: .router, .tcp(mark, to: 80))]
            },
            // Its IPv6 address is a public one, to which Tor carries from the outside as to any other.
            Draft("the pages of the uplink's router (TCP/80) over IPv6", .ipv6, .resetUntilOpen) { context, mark in
                [context.frame6(to: .router, .tcp(mark, to: 80))]
            },
        ],
        [("tor's control port", 9051), ("tor's TransPort", 9040), ("the box's SSH port", 22)].flatMap { name, port in
            // What is addressed to the box itself leaves by no router; only its answer tells whether it was refused.
            twins("\(name), at the uplink's address", to: .uplink, by: .bridge, .reset) { .tcp($0, to: port) }
                + twins("\(name), at the LAN's address", to: .box, by: .bridge, .reset) { .tcp($0, to: port) }
        }
    )
}
