import BoxModel

/// What `torbox setup` is about to do, as one value that can be shown before anything is touched.
public struct SetupPlan: Sendable, Equatable {
    public let uplink: InterfaceName
    public let lan: InterfaceName
    /// The port for the owner's computer; `nil` for none.
    public let admin: InterfaceName?
    /// The text of `torbox.toml`.
    public let configuration: String

    /// - Parameters:
    ///   - site: the ten hexadecimal digits that tell this LAN from all others (RFC 4193).
    /// - Returns: `nil` where an interface is named twice.
    public init?(uplink: InterfaceName, lan: InterfaceName, admin: InterfaceName? = nil, site: String) {
        guard uplink != lan, uplink != admin, lan != admin else { return nil }
        self.uplink = uplink
        self.lan = lan
        self.admin = admin
        let parts = [site.prefix(2), site.dropFirst(2).prefix(4), site.dropFirst(6)]
        configuration = """
            # Written by `torbox setup`. /usr/share/doc/torbox/configuration.md.gz tells every key. After a change:
            # torboxd --check FILE, torboxd --render /var/lib/torbox/airlock, systemctl restart torboxd

            [uplinks]
            interfaces = ["\(uplink)"]

            [lan]
            interface = "\(lan)"
            # Drawn by lot: no other site has it.
            ipv6 = "fd\(parts[0]):\(parts[1]):\(parts[2])::1/64"

            """ + (admin.map(Self.pages(at:)) ?? "")
    }

    private static func pages(at admin: InterfaceName) -> String {
        """

        [pages]
        admin-interface = "\(admin)"

        """
    }

    /// Ten digits by lot.
    public static func drawSite() -> String {
        let drawn = String(UInt64.random(in: 0..<1 << 40), radix: 16)
        return String(repeating: "0", count: 10 - drawn.count) + drawn
    }

    /// The units that would do the box's work beside it, or load another ruleset, or raise its interfaces.
    public static let rivals = [
        "nftables.service", "tor.service", "chrony.service", "dnsmasq.service", "networking.service", "ifup@.service",
        "NetworkManager.service", "dhcpcd.service", "connman.service", "systemd-timesyncd.service", "ufw.service",
        "firewalld.service",
    ]
}
