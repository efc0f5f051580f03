import HostSystem

/// The fake internet's resolver: dnsmasq with the lab's names, asking nobody else.
enum Resolver {
    static let name = "resolver"

    static func start() async throws {
        let listeners =
            ["\(Addresses.resolver)", "\(Addresses.publicResolver)", "\(Addresses.router)"]
            + ["\(Addresses.resolverV6)", "\(Addresses.publicResolverV6)", "\(Addresses.routerV6)"]
        let records = Addresses.webNames.map { "--host-record=\($0),\(Addresses.web),\(Addresses.webV6)" }
        try await LabProcess.start(
            name, on: .inet,
            Command(
                "dnsmasq",
                ["--keep-in-foreground", "--conf-file=/dev/null", "--log-facility=-", "--user=root", "--pid-file"]
                    + ["--bind-interfaces", "--no-resolv", "--no-hosts", "--local=/test/", "--log-queries"]
                    + listeners.map { "--listen-address=\($0)" } + records
                    + [
                        "--mx-host=example.net,mail.example.net,10", "--txt-record=example.net,v=lab",
                        "--host-record=pool.ntp.org,\(Addresses.timeServer),\(Addresses.timeServerV6)",
                        "--host-record=dns.google,\(Addresses.publicResolver),\(Addresses.publicResolverV6)",
                    ]))
    }
}
