import NetAddress
import NetFrames

extension Draft {
    /// IPv4 options and IPv6 extension headers, which carry data and steer packets.
    static let headers: [Draft] = [
        // No router of ours passes source routes: the kernel drops them by default.
        option("a loose source route", .bridge) { context in
            [131, 7, 4] + context.router4.bytes + [0]
        },
        option("a strict source route", .bridge) { context in
            [137, 7, 4] + context.router4.bytes + [0]
        },
        option("the record-route option", .router) { _ in [7, 11, 4] + [UInt8](repeating: 0, count: 9) },
        option("the timestamp option", .router) { _ in [68, 8, 5, 0, 0, 0, 0, 0] },
        option("the router-alert option", .router) { _ in [148, 4, 0, 0] },
        header("a hop-by-hop header", .options(.hopByHop, [1, 4, 0, 0, 0, 0])),
        header("a router alert", .options(.hopByHop, [5, 2, 0, 0, 1, 0])),
        header("a routing header", .routing(type: 4, segmentsLeft: 0)),
        header("a destination-options header", .options(.destination, [1, 4, 0, 0, 0, 0])),
    ]

    private static func option(
        _ name: String, _ control: Probe.Control, _ options: @escaping @Sendable (ProbeContext) -> [UInt8]
    ) -> Draft {
        Draft("UDP with \(name) over IPv4", .ipv4, by: control, .unpromised) { context, mark in
            var packet = IPv4Packet(from: context.client4, to: context.web4, .udp(mark, to: 33_333))
            packet.options = options(context)
            return [context.frame(packet)]
        }
    }

    private static func header(_ name: String, _ header: IPv6Extension) -> Draft {
        Draft("UDP with \(name) over IPv6", .ipv6, .unpromised) { context, mark in
            [context.frame6(extensions: [header], .udp(mark, to: 33_333))]
        }
    }
}
