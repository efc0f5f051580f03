import NetAddress

/// The wires between the lab's hosts, with their addresses: what a person with cables would build.
///
/// `wan0` and `lan0` are left down. Bringing them up is the box's own right, once it has verified its ruleset.
enum Topology {
    /// Makes the four namespaces and all devices; nothing in them has a link to the machine itself.
    static func build() async throws {
        let nameservers: [LabHost: String] = [
            .inet: "\(Addresses.resolver)", .box: "127.0.0.1",
            .client1: "\(Addresses.lan.address)", .client2: "\(Addresses.lan.address)",
        ]
        for host in LabHost.allCases {
            let namespace = Namespace(host: host)
            try await namespace.make(nameserver: nameservers[host]!)
            try await namespace.set(parameters(of: host))
        }
        // The box first: it makes the wires, whose other ends the others then configure.
        for host in [LabHost.box, .inet, .client1, .client2] {
            try await Namespace(host: host).configure(links(of: host))
        }
        try await Namespace(host: .box).set(uplinkParameters)
    }

    /// Kernel parameters set before any device exists.
    static func parameters(of host: LabHost) -> [String] {
        let everywhere = [
            // Addresses work at once, instead of a second later.
            "net.ipv6.conf.all.accept_dad=0", "net.ipv6.conf.default.accept_dad=0",
            // Bridged frames must not meet the IP hooks: the box's rules are written for what it routes.
            "net.bridge.bridge-nf-call-iptables=0", "net.bridge.bridge-nf-call-ip6tables=0",
            "net.bridge.bridge-nf-call-arptables=0",
        ]
        return switch host {
        case .inet:
            everywhere + [
                "net.ipv4.ip_forward=1", "net.ipv6.conf.all.forwarding=1",
                // A router asks in the name of its address on the wire, or the box answers to a stranger.
                "net.ipv4.conf.all.arp_announce=2",
            ]
        case .box: everywhere + ["net.ipv4.ip_forward=0", "net.ipv6.conf.default.accept_ra=0"]
        case .client1, .client2: everywhere
        }
    }

    /// The uplink takes its IPv6 address from the router's advertisements even where the box forwards.
    static let uplinkParameters = ["net.ipv6.conf.wan0.accept_ra=2"]

    /// The box's own on the uplink.
    static let uplinkAddress = HardwareAddress("02:54:42:00:01:02")!

    /// The ip(8) lines that make and configure a host's devices.
    static func links(of host: LabHost) -> [String] {
        switch host {
        case .inet:
            ["link set lo up", "link set uplink0 up"]
                + ["\(Addresses.router)/24", "\(Addresses.routerV6)/64"].map { "address add \($0) dev uplink0" }
                + Addresses.internet.map { "address add \($0) dev lo" }
        case .box:
            [
                "link set lo up",
                "link add wan0 address \(uplinkAddress.revealed) type veth "
                    + "peer name uplink0 address 02:54:42:00:01:01 netns \(LabHost.inet.namespace)",
                "link add lan0 address 02:54:42:00:02:01 type bridge forward_delay 0",
                port("lan-c1", to: .client1, hardwareAddress: "02:54:42:00:03:01"),
                port("lan-c2", to: .client2, hardwareAddress: "02:54:42:00:03:02"),
                "link set lan-c1 addrgenmode none master lan0 up",
                "link set lan-c2 addrgenmode none master lan0 up",
                "address add \(Addresses.lan) brd + dev lan0",
                "address add \(Addresses.lanV6) dev lan0 nodad",
            ]
        case .client1, .client2:
            ["link set lo up", "link set eth0 up"]
        }
    }

    private static func port(_ name: String, to client: LabHost, hardwareAddress: String) -> String {
        "link add \(name) type veth peer name eth0 address \(hardwareAddress) netns \(client.namespace)"
    }
}
