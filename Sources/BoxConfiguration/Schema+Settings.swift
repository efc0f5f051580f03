import BoxModel

/// The keys that the owner may change while the box runs; both files may hold them.
extension Schema {
    static let bridgeLines = Key(
        "bridges", "lines", standard: [], isSetting: true,
        values: """
            a list of at most 32 texts, each a bridge as it was given, with or without the word Bridge before it: \
            ADDRESS:PORT FINGERPRINT, obfs4 ADDRESS:PORT FINGERPRINT cert=… iat-mode=…, or \
            snowflake ADDRESS:PORT FINGERPRINT url=… ice=…, IPv6 in brackets
            """,
        example: [.text("192.0.2.3:443 \(String(repeating: "C", count: 40))")],
        explanation: """
            The bridges through which the box's tor enters the Tor network. With them it connects to these addresses \
            and to nothing else, not even to fetch the first list of relays. A device's own Tor then never goes \
            straight, whatever `own-tor.policy` says, since that would show what the bridges hide. \
            The obfs4 kind needs Debian's package `obfs4proxy`. The snowflake kind needs `snowflake-client`, and is met \
            at no fixed address: that program, and no other, may then send UDP anywhere, TCP to port 443, and its \
            questions for names to your network, none of which goes through Tor. Your provider sees these names, among \
            them a broker's front and servers for calls, and what looks like a video call. No message repeats a line, \
            since bridges are given in confidence.
            """,
        count: 0...32, read: \.bridge)

    static let ownTorPolicy = Key(
        "own-tor", "policy", standard: "automatic", isSetting: true,
        values: "\"automatic\", \"chosen\" or \"never\"",
        explanation: """
            Whose own Tor goes straight to its relay instead of through Tor a second time, which relays refuse. \
            `automatic`: every device's that is not blocked. `chosen`: that of the devices that you ticked. `never`: \
            nobody's; Tor Browser, Tails and Orbot do not work then. The price: a web page can embed the address of \
            a relay, and a browser that is not Tor Browser then shows that relay where you live. \
            `docs/security.md` says more.
            """,
        read: \.ownTorPolicy)

    static let guestsChoose = Key(
        "own-tor", "guests-choose", standard: false, isSetting: true,
        values: "true or false",
        explanation: """
            Whether a guest may tick their own device, on the box's page, while the policy is `chosen`. Otherwise only \
            the owner ticks devices.
            """,
        read: \.flag)

    static let wifiName = Key(
        "wifi", "name", standard: "", isSetting: true,
        values: "a name of 1 to 32 bytes without control characters, or \"\" for no Wi-Fi",
        example: "Torbox",
        explanation: """
            The name that telephones and computers show. Everybody near the box can read it, so it should not tell who \
            you are.
            """,
        read: \.wifiName)

    static let wifiPassword = Key(
        "wifi", "password", standard: "", isSetting: true,
        values: "8 to 63 letters, digits, signs and spaces of ASCII",
        example: "three or four words",
        explanation: "What people type to join. It stands here as it is typed; no message repeats it.",
        read: \.wifiPassword)

    static let reachablePorts = Key(
        "tor", "reachable-ports", standard: [], isSetting: true,
        values: "a list of at most 16 whole numbers from 1 to 65535",
        example: [80, 443],
        explanation: """
            The ports that the uplink's firewall or proxy lets through. tor then enters the network only by relays on \
            these ports, and only such are asked for the time. Empty for all ports. Few ports leave few relays to \
            choose from, and may show who uses them.
            """,
        count: 0...16, read: { $0.integer(in: 1...65535).map(UInt16.init) })

    static let entryCountries = Key(
        "tor", "entry-countries", standard: [], isSetting: true,
        values: "a list of at most 50 countries by their two letters (ISO 3166-1)",
        example: ["de", "fr"],
        explanation: """
            The countries in which circuits begin. Empty for all, which is best: a choice makes you stand out, leaves \
            fewer relays, and Tor does not work where none is left. Not beside bridges, which are where circuits begin \
            then. Countries are a guess by a table of addresses, which takes tor 33 MB of memory.
            """,
        count: 0...50, read: \.country)

    static let exitCountries = Key(
        "tor", "exit-countries", standard: [], isSetting: true,
        values: "a list of at most 50 countries by their two letters (ISO 3166-1)",
        example: ["nl", "se"],
        explanation: """
            The countries from which the devices' connections come out of Tor. Empty for all. The same cost as with \
            `entry-countries`; whoever watches the few relays that are left sees more of you.
            """,
        count: 0...50, read: \.country)

    static let furtherTorLines = Key(
        "tor", "further-lines", standard: [], isSetting: true, isSecret: true,
        values: "a list of at most 32 texts, each an option of tor(1) with its value",
        example: ["MaxCircuitDirtiness 5 minutes"],
        explanation: """
            Further lines for tor's configuration, each of another option of these: \
            \(TorLineOption.allowed.map { "`\($0.name)`" }.joined(separator: ", ")). Other options could open the box, or \
            are the box's own matter. What these do stands in tor's manual; most boxes are better off without.
            """,
        count: 0...32, read: \.torLine)

    static let proxyKind = Key(
        "proxy", "kind", standard: "none", isSetting: true,
        values: "\"none\", \"socks4\", \"socks5\" or \"https\"",
        example: "socks5",
        explanation: """
            How the proxy is asked. `https` is one that takes `CONNECT`, as browsers use it for https addresses. With a \
            proxy the box's tor connects to it and to nothing else. A device's own Tor then never goes straight, \
            whatever `own-tor.policy` says: it would not get out. Relays cannot be asked for the time; the clock is \
            treated as behind bridges. Bridges may be given besides: the proxy then carries the connections to them.
            """,
        read: \.proxyKind)

    static let proxyAddress = Key(
        "proxy", "address", standard: "", isSetting: true,
        values: """
            an IPv4 address or an IPv6 address in brackets, with a port; never a name, since somebody would have to be \
            asked for its address
            """,
        example: "192.0.2.7:1080",
        explanation: """
            Where the proxy is. It may be in the uplink's own network, but not in the LAN's. The box knows no name \
            before Tor runs: `getent hosts NAME` on a computer in the uplink's network tells the address.
            """,
        read: \.proxyAddress)

    static let proxyUser = Key(
        "proxy", "user", standard: "", isSetting: true,
        values: "at most 255 printable ASCII characters without a colon; empty for a proxy without a login",
        example: "box",
        explanation: "The login, where the proxy asks for one. SOCKS 4 has none.",
        read: { $0.credential.flatMap { $0.contains(":") ? nil : $0 } })

    static let proxyPassword = Key(
        "proxy", "password", standard: "", isSetting: true,
        values: "at most 255 printable ASCII characters; empty for a proxy without a login",
        example: "what the proxy's owner gave",
        explanation: "The login's other half. No message repeats anything of this table.",
        read: \.credential)
}
