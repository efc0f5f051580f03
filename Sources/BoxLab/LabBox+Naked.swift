import HostSystem
import NetAddress

extension LabBox {
    /// Makes the box an ordinary NAT router without any of the product: the control of every "nothing leaked".
    public func runNaked() async throws {
        try await reset()
        try await LabHost.box.run("nft", ["-f", "-"], input: Self.masquerade)
        // All that the box's own loader forbids is allowed again.
        try await Namespace(host: .box).set(
            ["all", "default", "lan0", "wan0"].map { "net.ipv4.conf.\($0).rp_filter=0" }
                + ["net.netfilter.nf_conntrack_tcp_loose=1"]
                + ["net.ipv4.ip_forward=1", "net.ipv6.conf.all.forwarding=1"])
        try await Namespace(host: .box).configure(["link set wan0 up", "link set lan0 up"])
        try await LabProcess.start("naked-lan", on: .box, Self.lanServices)
        try await waitForClients()
    }

    /// Waits until the box and both clients have addresses and routes of both families.
    public func waitForClients(limit: Duration = .seconds(30)) async throws {
        try await wait(upTo: limit, for: "addresses and routes of the box and its clients") {
            for host in [LabHost.box, .client1, .client2] {
                guard try await host.hasDefaultRoutes() else { return false }
            }
            return true
        }
    }

    private static let masquerade = """
        table inet naked {
            chain leave {
                type nat hook postrouting priority srcnat
                oifname "wan0" masquerade
            }
        }
        """

    private static let lanServices = Command(
        "dnsmasq",
        ["--keep-in-foreground", "--conf-file=/dev/null", "--log-facility=-", "--user=root", "--pid-file"]
            + ["--bind-interfaces", "--interface=lan0", "--except-interface=lo", "--no-ping", "--dhcp-authoritative"]
            + ["--no-resolv", "--no-hosts", "--server=\(Addresses.router)"]
            + ["--dhcp-range=10.84.0.50,10.84.0.99,255.255.255.0,1h"]
            + ["--dhcp-range=\(Addresses.lanV6.address),ra-only,64,1h", "--enable-ra"]
            + ["--dhcp-leasefile=\(LabFolder.box.path)/naked.leases"])
}

extension LabHost {
    /// Whether this host can send to the world over both families.
    func hasDefaultRoutes() async throws -> Bool {
        for family in ["-4", "-6"] {
            guard try await !run("ip", [family, "route", "show", "default"]).isEmpty else { return false }
        }
        return true
    }
}
