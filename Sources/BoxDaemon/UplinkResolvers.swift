import BoxModel
import Glibc
import HostSystem
import NetAddress

/// Whom the network outside names for questions about names: by DHCP over IPv4, as systemd-networkd noted it.
///
/// The box itself asks none of them.
enum UplinkResolvers {
    private static let folder = "/run/systemd/netif/leases/"
    /// The C library heeds no more (resolv.conf(5)).
    private static let limit = 3

    /// - Returns: empty without a lease.
    static func now(_ uplinks: [InterfaceName]) throws(HostError) -> [IPv4Address] {
        var found: [IPv4Address] = []
        for uplink in uplinks {
            let lease = DurableFile("\(folder)\(if_nametoindex("\(uplink)"))")
            guard lease.exists else { continue }
            found += resolvers(in: String(decoding: try lease.readUntrusted(limit: 65536), as: UTF8.self))
        }
        return Array(found.prefix(limit))
    }

    /// Reads the line `DNS=` of a lease.
    static func resolvers(in lease: String) -> [IPv4Address] {
        let line = lease.split(separator: "\n").first { $0.hasPrefix("DNS=") }
        return (line?.dropFirst(4) ?? "").split(separator: " ").compactMap { IPv4Address($0) }
    }

    /// As a program reads it (resolv.conf(5)). Without a server in it, it would ask this machine.
    static func text(_ resolvers: [IPv4Address]) -> String {
        resolvers.map { "nameserver \($0)\n" }.joined()
    }
}
