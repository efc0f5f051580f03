import BoxConfiguration
import NetAddress

/// The files by which systemd-networkd gives the interfaces their addresses (systemd.network(5)).
///
/// networkd switches no interface on or off: that is torboxd's alone. It tells the uplink's network neither a name nor,
/// in its IPv6 addresses, the hardware address, and takes nothing from there but addresses and routes.
public struct NetworkFiles: Sendable, Equatable {
    /// File names and contents; `nil` for a file that is not to be there. The names come before those of other
    /// programs, so that these files decide.
    public let contents: [String: String?]

    public init(_ configuration: Configuration) {
        contents = [
            "05-torbox-admin.network": configuration.pages.admin.map(Self.admin),
            "05-torbox-lan.network": Self.lan(configuration.lan),
            "05-torbox-uplinks.network": Self.uplinks(configuration),
        ]
    }

    private static func admin(_ admin: Configuration.Pages.Admin) -> String {
        renderedComment + """

            [Match]
            Name=\(admin.interface)

            \(quiet)
            ConfigureWithoutCarrier=yes
            LinkLocalAddressing=no
            DHCP=no
            IPv6AcceptRA=no

            [Address]
            Address=\(admin.ipv4.address)/\(admin.ipv4.prefixLength)

            """
    }

    private static func lan(_ lan: Configuration.LAN) -> String {
        renderedComment + """

            [Match]
            Name=\(lan.interface)

            \(quiet)
            ConfigureWithoutCarrier=yes
            DHCP=no
            IPv6AcceptRA=no

            [Address]
            Address=\(lan.ipv4.address)/\(lan.ipv4.prefixLength)

            # At once, since the pages listen there.
            [Address]
            Address=\(lan.ipv6.address)/\(lan.ipv6.prefixLength)
            DuplicateAddressDetection=none

            """
    }

    private static func uplinks(_ configuration: Configuration) -> String {
        renderedComment + """

            [Match]
            Name=\(configuration.uplinks.map { "\($0)" }.joined(separator: " "))

            \(quiet)
            DHCP=yes
            IPv6AcceptRA=yes
            IPv6LinkLocalAddressGenerationMode=stable-privacy
            KeepConfiguration=dynamic-on-stop

            [DHCPv4]
            Anonymize=yes
            UseDNS=no
            UseDomains=no
            UseHostname=no
            UseNTP=no

            # `Anonymize` is IPv4's alone. The identifier is what each frame shows anyway, not the machine's own for all time,
            # and only routers ask for networks to hand on.
            [DHCPv6]
            SendHostname=no
            DUIDType=link-layer
            UseDelegatedPrefix=no
            UseDNS=no
            UseDomains=no
            UseHostname=no
            UseNTP=no

            [IPv6AcceptRA]
            Token=prefixstable
            UseDNS=no
            UseDomains=no

            """
    }

    /// What all sides have in common; ends within `[Network]`.
    private static let quiet = """
        [Link]
        ActivationPolicy=manual
        RequiredForOnline=no

        [Network]
        LLMNR=no
        MulticastDNS=no
        LLDP=no
        EmitLLDP=no
        """
}
