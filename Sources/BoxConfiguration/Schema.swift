import BoxModel
import NetAddress

/// Every table and key that the configuration may hold, as data.
enum Schema {
    struct Table: Sendable {
        let name: String
        let explanation: String
        let entries: [KeyEntry]
        /// Whether no message may repeat what stands there.
        var isSecret = false
    }

    /// The tables of the owner's own file, with the keys that it may hold.
    static let settings = tables.compactMap { table in
        let entries = table.entries.filter(\.isSetting)
        return entries.isEmpty
            ? nil
            : Table(name: table.name, explanation: table.explanation, entries: entries, isSecret: table.isSecret)
    }

    /// Whether no message may repeat what stands at that path.
    static func isSecret(_ path: [String]) -> Bool {
        guard let table = tables.first(where: { $0.name == path.first }) else { return false }
        return table.isSecret || table.entries.contains { $0.isSecret && path.dropFirst().first == $0.name }
    }

    static let tables = [
        Table(
            name: "uplinks", explanation: "The side of the internet.",
            entries: [uplinkInterfaces.entry]),
        Table(
            name: "lan", explanation: "The side of the people who use the box.",
            entries: [lanInterface.entry, lanIPv4.entry, lanIPv6.entry, leaseHours.entry]),
        Table(
            name: "wifi", explanation: "The Wi-Fi that the box makes for the people who use it.",
            entries: [wifiName.entry, wifiPassword.entry], isSecret: true),
        Table(
            name: "dns", explanation: "The names that the box answers.",
            entries: [boxName.entry, cacheEntries.entry]),
        Table(
            name: "tor", explanation: "How the box runs its tor. Most boxes never need this table.",
            entries: [
                onionIPv4.entry, onionIPv6.entry, transportPort.entry, dnsPort.entry, torUser.entry,
                authorities.entry, fallbacks.entry, distinctSubnets.entry, reachablePorts.entry, entryCountries.entry,
                exitCountries.entry, furtherTorLines.entry,
            ]),
        Table(
            name: "bridges", explanation: "For a network that blocks Tor, or where using it should not be seen.",
            entries: [bridgeLines.entry], isSecret: true),
        Table(
            name: "proxy", explanation: "For a network that lets nobody out but through its proxy.",
            entries: [proxyKind.entry, proxyAddress.entry, proxyUser.entry, proxyPassword.entry], isSecret: true),
        Table(
            name: "own-tor", explanation: "Devices that speak Tor by themselves: Tor Browser, Tails, Orbot.",
            entries: [ownTorPolicy.entry, guestsChoose.entry, guardsPerDeviceAndDay.entry]),
        Table(
            name: "time", explanation: "How the box learns the time. Most boxes never need this table.",
            entries: [timeUser.entry]),
        pages,
    ]

    static let uplinkInterfaces = Key(
        "uplinks", "interfaces",
        values: "a list of 1 to 4 different interface names of at most 15 letters, digits, \"_\", \".\" or \"-\"",
        example: ["wan0"],
        explanation: """
            The interfaces that lead to the internet. Each gets its own airlock; an interface that is not named \
            here never carries anything to the outside. `ip link` lists the names.
            """,
        count: 1...4, read: \.interfaceName)

    static let lanInterface = Key(
        "lan", "interface",
        values: "an interface name of at most 15 letters, digits, \"_\", \".\" or \"-\" that is no uplink",
        example: "lan0",
        explanation: "The interface, most often a bridge, that the devices of the people are connected to.",
        read: \.interfaceName)

    static let lanIPv4 = Key(
        "lan", "ipv4", standard: "10.84.0.1/24",
        values: "a private IPv4 address with a prefix length from 16 to 28",
        explanation: """
            The box's own address on the LAN; devices get theirs from the same network. Change it when the network \
            that the uplink is plugged into uses the same range.
            """,
        read: \.lanIPv4)

    static let lanIPv6 = Key(
        "lan", "ipv6",
        values: "an IPv6 address that starts with \"fd\" and has the prefix length 64",
        example: "fd84:84:84::1/64",
        explanation: """
            The box's own IPv6 address on the LAN; devices make theirs in the same network. There is no default: \
            such a network is meant to be drawn by lot for each site (RFC 4193), since two boxes with the same one \
            could never be joined, and a device could be recognised as a Tor Box's by its address. \
            `openssl rand -hex 5` gives the ten digits that follow `fd`: `84a1b2c3d4` makes `fd84:a1b2:c3d4::1/64`.
            """,
        read: \.lanIPv6)

    static let leaseHours = Key(
        "lan", "lease-hours", standard: 12,
        values: "a whole number from 1 to 168",
        explanation: "How many hours a device may keep its IPv4 address without asking again.",
        read: { $0.integer(in: 1...168) })

    static let boxName = Key(
        "dns", "name", standard: "torbox.lan",
        values: "a host name that ends in \".lan\"",
        explanation: "The name by which the devices reach the box. Names under `.lan` are never sent to Tor.",
        read: \.lanName)

    static let cacheEntries = Key(
        "dns", "cache-entries", standard: 1000,
        values: "a whole number from 0 to 10000",
        explanation: "How many answers the box remembers, in memory only. 0 asks Tor every time.",
        read: { $0.integer(in: 0...10000) })

    static let onionIPv4 = Key(
        "tor", "onion-ipv4", standard: "10.192.0.0/10",
        values: "a private IPv4 network on its first address, with a prefix length of at most 16, apart from the LAN",
        explanation: """
            Where onion services appear to the devices: each `.onion` name gets an address of this network for as \
            long as tor runs. The larger it is, the harder an address is to guess.
            """,
        read: \.onionIPv4)

    static let onionIPv6 = Key(
        "tor", "onion-ipv6", standard: "fd74:6f72:626f::/48",
        values: """
            an IPv6 network on its first address that starts with \"fd\", with a prefix length from 8 to 104, \
            apart from the LAN
            """,
        explanation: """
            The same for IPv6. tor's own default is link-local: devices would look for it on their own cable. \
            These addresses never leave the box, so all boxes may share the default.
            """,
        read: \.onionIPv6)

    static let transportPort = Key(
        "tor", "transport-port", standard: 9040,
        values: "a whole number from 1024 to 65535 other than tor.dns-port",
        explanation: "The port on the box's LAN addresses that takes the devices' TCP connections into Tor.",
        read: \.unprivilegedPort)

    static let dnsPort = Key(
        "tor", "dns-port", standard: 9053,
        values: "a whole number from 1024 to 65535 other than tor.transport-port and 9049, by which updates come",
        explanation: "The port on 127.0.0.1 where the box's own resolver asks Tor.",
        read: \.unprivilegedPort)

    static let torUser = Key(
        "tor", "user", standard: "debian-tor",
        values: "a system user other than root",
        explanation: "The user that tor runs as. The airlock lets only this user's connections out.",
        read: \.userName)

    static let authorities = Key(
        "tor", "authorities", standard: [],
        values: """
            a list of at most 64 texts, each what follows DirAuthority in torrc, with a nickname, orport, v3ident, \
            an IPv4 address with its DirPort, and a fingerprint
            """,
        example: [
            .text(
                "auth1 orport=7000 v3ident=\(String(repeating: "A", count: 40)) 198.51.100.1:7100 "
                    + String(repeating: "B", count: 40))
        ],
        explanation: """
            For a private Tor network only: its directory authorities, instead of those of the public network. \
            Whoever controls them controls what the box believes to be Tor; leave it out everywhere else.
            """,
        count: 0...64, read: \.directoryAuthority)

    static let fallbacks = Key(
        "tor", "fallbacks", standard: [],
        values: """
            a list of at most 400 texts, each what follows FallbackDir in torrc, with an IPv4 address, an orport and \
            an id; only beside tor.authorities
            """,
        example: [.text("198.51.100.11 orport=7000 id=\(String(repeating: "C", count: 40))")],
        explanation: """
            For a private Tor network only: relays that tor may load its first documents from, and that may be asked \
            for the time, instead of those of the public network. Without them the authorities serve for both.
            """,
        count: 0...400, read: \.fallbackDirectory)

    static let distinctSubnets = Key(
        "tor", "distinct-subnets", standard: true,
        values: "true; false only beside tor.authorities",
        example: true,
        explanation: """
            Whether tor refuses circuits through two relays of one network. False only for a private Tor network \
            whose relays all run on one machine.
            """,
        read: \.flag)

    static let guardsPerDeviceAndDay = Key(
        "own-tor", "guards-per-device-and-day", standard: 30,
        values: "a whole number from 1 to 1000",
        explanation: """
            How many different relay addresses one device may open straight in the day that begins with the first of \
            them. Tor Browser needs a few in months; Tails, which forgets its guards, about six at each start. What is \
            over the number is refused until that day has passed; `torbox devices` and `torbox status` tell of it.
            """,
        read: { $0.integer(in: 1...1000) })

    static let timeUser = Key(
        "time", "user", standard: "torbox-clock",
        values: "a system user other than root and tor.user",
        explanation: """
            The user that asks relays of the Tor network for the time. The airlock knows it, and lets it connect to \
            relays alone.
            """,
        read: \.userName)
}
