import BoxConfiguration
import NetAddress

/// The configuration file of dnsmasq (dnsmasq(8)), which serves names and addresses on the LAN.
///
/// It is used by `--conf-file` alone, so that nothing of `/etc/dnsmasq.conf` or `/etc/dnsmasq.d` is read.
public struct DnsmasqConfiguration: Sendable {
    private let configuration: Configuration
    private let paths: ServicePaths

    public init(_ configuration: Configuration, paths: ServicePaths = ServicePaths()) {
        self.configuration = configuration
        self.paths = paths
    }

    public var text: String {
        let lan = configuration.lan
        let dns = configuration.dns
        return renderedComment + """

            # On the LAN only. bind-dynamic: no socket is open to other interfaces, and the LAN may come and go.
            interface=\(lan.interface)
            except-interface=lo
            bind-dynamic
            user=dnsmasq
            group=nogroup
            pid-file=\(paths.dnsmasqPidFile)

            # To the service manager, and nothing about who asked for what.
            log-facility=-
            quiet-dhcp
            quiet-dhcp6
            quiet-ra
            no-ident

            # Names come from tor alone, or, while tor cannot resolve, are refused at once.
            no-resolv
            no-poll
            no-hosts
            servers-file=\(paths.dnsmasqUpstream)
            cache-size=\(dns.cacheEntries)
            # Answers take seconds through Tor, so many questions wait at a time.
            dns-forward-max=1000

            # The box itself.
            host-record=\(dns.name),\(lan.ipv4.address),\(lan.ipv6.address)

            # Names of the local network are not sent to Tor: RFC 6761, 6762 (with appendix G) and 8375, and .exit.
            domain-needed
            local=/\(Self.localDomains.joined(separator: "/"))/
            \(Self.localNetworks.map { "rev-server=\($0)" }.joined(separator: "\n"))

            # IPv4 addresses. Devices do not choose names: one that calls itself wpad would proxy the others.
            dhcp-range=\(Self.leaseRange(lan.ipv4)),\(lan.leaseHours)h
            dhcp-option=option:router,\(lan.ipv4.address)
            dhcp-option=option:dns-server,\(lan.ipv4.address)
            dhcp-option=option:ntp-server,\(lan.ipv4.address)
            dhcp-authoritative
            # Looking for another holder of the address first would keep each new device waiting for seconds. A device
            # always gets the address that follows from its hardware address, as long as nobody else holds it.
            no-ping
            dhcp-ignore-names
            dhcp-leasefile=\(paths.dnsmasqLeases)

            # IPv6: devices make their own addresses (SLAAC) and learn the resolver from the router advertisement.
            enable-ra
            dhcp-range=\(lan.ipv6.base),ra-only,64,\(lan.leaseHours)h
            dhcp-option=option6:dns-server,[\(lan.ipv6.address)]

            """ + (configuration.pages.admin.map(Self.port(of:)) ?? "")
    }

    /// The firewall lets nobody there ask for names.
    private static func port(of admin: Configuration.Pages.Admin) -> String {
        """

        # The owner's computer at the admin port gets an address, and neither a router nor names.
        interface=\(admin.interface)
        dhcp-range=set:admin,\(leaseRange(admin.ipv4)),1h
        dhcp-option=tag:admin,option:router
        dhcp-option=tag:admin,option:dns-server
        dhcp-option=tag:admin,option:ntp-server

        """
    }

    private static func leaseRange(_ network: Network) -> String {
        guard let range = LeaseRange(network) else {
            preconditionFailure("an interface has an IPv4 network of 16...28 bits, not \(network)")
        }
        return "\(range.first),\(range.last),\(range.mask)"
    }

    private static let localDomains = [
        "lan", "local", "localdomain", "localhost", "home.arpa", "internal", "intranet", "private", "corp", "home",
        "test", "invalid", "exit",
    ]

    // bogus-priv would also deny the documentation networks, on which a test network may live.
    private static let localNetworks = [
        "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "169.254.0.0/16", "127.0.0.0/8", "fd00::/8", "fe80::/10",
    ]
}
