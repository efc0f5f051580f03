import HostSystem

/// The router at the other end of the box's uplink: DHCP and router advertisements, as in any home.
enum UplinkRouter {
    static func start() async throws {
        try await LabProcess.start(
            "uplink-router", on: .inet,
            Command(
                "dnsmasq",
                ["--keep-in-foreground", "--conf-file=/dev/null", "--log-facility=-", "--user=root", "--pid-file"]
                    + ["--port=0", "--bind-interfaces", "--interface=uplink0", "--no-ping", "--dhcp-authoritative"]
                    + ["--dhcp-range=192.168.1.50,192.168.1.99,255.255.255.0,12h"]
                    + ["--dhcp-range=\(Addresses.routerV6),ra-only,64,12h", "--enable-ra", "--ra-param=uplink0,60"]
                    + ["--dhcp-option=option:router,\(Addresses.router)"]
                    + ["--dhcp-option=option:dns-server,\(Addresses.router)"]
                    + ["--dhcp-option=option6:dns-server,[\(Addresses.routerV6)]"]
                    + ["--dhcp-leasefile=\(LabFolder.run.path)/uplink.leases"]))
    }
}

extension UplinkRouter {
    /// Runs something while the router gives nobody an IPv4 address, so that an uplink that starts meanwhile has IPv6
    /// alone.
    static func withoutDHCP<Value>(_ body: () async throws -> Value) async throws -> Value {
        try await LabHost.inet.run(
            "nft",
            [
                "add table inet nodhcp; "
                    + "add chain inet nodhcp arriving { type filter hook input priority filter; }; "
                    + "add rule inet nodhcp arriving udp dport 67 drop"
            ])
        let value: Value
        do {
            value = try await body()
        } catch {
            try await LabHost.inet.run("nft", ["delete", "table", "inet", "nodhcp"])
            throw error
        }
        try await LabHost.inet.run("nft", ["delete", "table", "inet", "nodhcp"])
        return value
    }
}
