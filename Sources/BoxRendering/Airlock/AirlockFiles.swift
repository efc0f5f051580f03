import BoxConfiguration
import BoxModel
import NetAddress

/// The files from which `System/torbox-airlock` loads the static ruleset with no Swift running.
public struct AirlockFiles: Sendable, Equatable {
    /// File names and contents. `airlock.nft` is the ruleset, `uplink-NAME.nft` binds it to one device, `uplinks`,
    /// `lan` and `admin` list the devices, one a line.
    public let contents: [String: String]

    public init(_ configuration: Configuration) {
        var contents = [
            "airlock.nft": Self.definitions(configuration) + Self.ruleset(configuration),
            "uplinks": configuration.uplinks.map { "\($0)\n" }.joined(),
            "lan": "\(configuration.lan.interface)\n",
            "admin": configuration.pages.admin.map { "\($0.interface)\n" } ?? "",
        ]
        for (index, uplink) in configuration.uplinks.enumerated() {
            contents["uplink-\(uplink).nft"] = Self.binding(of: uplink, chain: "uplink_\(index + 1)")
        }
        self.contents = contents
    }

    /// `airlock.nft` as a network engineer reads it, with its definitions before it and one of them put in its place:
    /// nft takes no rate from a definition. A device's element lives for a day, in which the slowest rate that there is
    /// brings no guard back. Without an admin port its rules are left out.
    private static func ruleset(_ configuration: Configuration) -> String {
        let guards = configuration.ownTor.guardsPerDeviceAndDay
        let isLeftOut = { (line: Substring) in configuration.pages.admin == nil && line.contains("$admin") }
        return String(decoding: PackageResources.airlock_nft, as: UTF8.self)
            .split(separator: "\n", omittingEmptySubsequences: false).filter { !isLeftOut($0) }
            .joined(separator: "\n").replacing("$allowance", with: "limit rate 1/week burst \(guards) packets")
    }

    private static func definitions(_ configuration: Configuration) -> String {
        """
        # Rendered from torbox.toml; edits are lost, and a file that was edited is not loaded.

        define uplinks = { \(configuration.uplinks.map { "\"\($0)\"" }.joined(separator: ", ")) }
        define lan = "\(configuration.lan.interface)"
        define lan4 = \(configuration.lan.ipv4.base)/\(configuration.lan.ipv4.prefixLength)
        define lan6 = \(configuration.lan.ipv6.base)/\(configuration.lan.ipv6.prefixLength)
        define lan6_start = 0x\(firstHalf(of: configuration.lan.ipv6))
        define box4 = \(configuration.lan.ipv4.address)
        define box6 = \(configuration.lan.ipv6.address)
        define onion4 = \(configuration.tor.onionIPv4)
        define onion6 = \(configuration.tor.onionIPv6)
        define tor = "\(configuration.tor.user)"
        define clock = "\(configuration.time.user)"
        define snowflake = "\(Configuration.snowflakeUser)"
        define transport = \(configuration.tor.transportPort)
        define updates = \(Configuration.Tor.updatesPort)
        define names = \(configuration.tor.dnsPort)
        \(configuration.pages.admin.map(definitions(of:)) ?? "")

        """
    }

    private static func definitions(of admin: Configuration.Pages.Admin) -> String {
        """
        define admin = "\(admin.interface)"
        define admin4 = \(admin.ipv4.address)
        define admin_network = \(admin.ipv4.base)/\(admin.ipv4.prefixLength)

        """
    }

    /// The bits that all IPv6 addresses of the LAN begin with, whose prefix has a length of 64.
    private static func firstHalf(of network: Network) -> String {
        guard case .v6(let base) = network.base, network.prefixLength == 64 else {
            preconditionFailure("a LAN has an IPv6 network of 64 bits, not \(network)")
        }
        return String(base.bits >> 64, radix: 16)
    }

    /// The chain of one uplink, apart from the ruleset, since it cannot be loaded while the device is unplugged.
    private static func binding(of uplink: InterfaceName, chain: String) -> String {
        """
        table netdev torbox {
        \tchain \(chain) {
        \t\ttype filter hook egress device "\(uplink)" priority filter; policy drop;
        \t\tjump leaving
        \t}
        }

        """
    }
}
