import BoxConfiguration
import BoxModel

/// What the owner's settings add.
extension Torrc {
    var countryTables: String {
        let tor = configuration.tor
        let areUsed =
            !tor.entryCountries.isEmpty || !tor.exitCountries.isEmpty
            || tor.furtherLines.contains(where: \.namesCountries)
        return areUsed
            ? """
            # Debian's tables of countries.
            GeoIPFile /usr/share/tor/geoip
            GeoIPv6File /usr/share/tor/geoip6
            """
            : """
            # Countries are not used here, and their tables cost 33 MB of memory.
            GeoIPFile /dev/null
            GeoIPv6File /dev/null
            """
    }

    var bridges: String {
        let bridges = configuration.bridges
        guard !bridges.isEmpty else { return "" }
        // Which port snowflake's program took tor is told later.
        let transports = transports(snowflakePort: nil).map { "ClientTransportPlugin \($0)\n" }.joined()
        return """

            # Through these bridges and no other way.
            UseBridges 1
            \(transports)\(bridges.map { "Bridge \($0.revealed)" }.joined(separator: "\n"))

            """
    }

    /// What tor's option `ClientTransportPlugin` holds, one value for each kind of bridge that needs a program.
    ///
    /// - Parameter snowflakePort: where snowflake's program listens; left out where `nil`.
    public func transports(snowflakePort: UInt16?) -> [String] {
        let needsObfs4 = configuration.bridges.contains { bridge in
            switch bridge.transport {
            case .plain, .snowflake: false
            case .obfs4: true
            }
        }
        // A child of tor, so the airlock knows it by its user; without further words it writes no log.
        return (needsObfs4 ? ["obfs4 exec /usr/bin/obfs4proxy"] : [])
            + (snowflakePort.map { ["snowflake socks5 127.0.0.1:\($0)"] } ?? [])
    }

    var proxy: String {
        guard let proxy = configuration.proxy else { return "" }
        let login = proxy.login
        let lines =
            switch proxy.kind {
            case .socks4: ["Socks4Proxy \(proxy.endpoint)"]
            case .socks5:
                ["Socks5Proxy \(proxy.endpoint)"]
                    + (login.map { login in
                        [
                            "Socks5ProxyUsername \(Self.quoted(login.user))",
                            "Socks5ProxyPassword \(Self.quoted(login.password))",
                        ]
                    } ?? [])
            case .https:
                ["HTTPSProxy \(proxy.endpoint)"]
                    + (login.map { ["HTTPSProxyAuthenticator \(Self.quoted("\($0.user):\($0.password)"))"] } ?? [])
            }
        return """

            # Every connection through this proxy.
            \(lines.joined(separator: "\n"))

            """
    }

    var reachability: String {
        let ports = configuration.tor.reachablePorts
        guard !ports.isEmpty else { return "" }
        return """

            # What the uplink lets through.
            ReachableAddresses \(ports.map { "*:\($0)" }.joined(separator: ","))

            """
    }

    var countries: String {
        let tor = configuration.tor
        let lines = [("EntryNodes", tor.entryCountries), ("ExitNodes", tor.exitCountries)].filter { !$0.1.isEmpty }
            .map { option, countries in "\(option) \(countries.map { "{\($0.letters)}" }.joined(separator: ","))" }
        guard !lines.isEmpty else { return "" }
        return """

            # The owner's choice of countries.
            \(lines.joined(separator: "\n"))

            """
    }

    var furtherLines: String {
        let lines = configuration.tor.furtherLines
        guard !lines.isEmpty else { return "" }
        return """

            # The owner's own lines.
            \(lines.map(\.text).joined(separator: "\n"))

            """
    }

    /// A text of printable ASCII as torrc takes it whole, with blanks and signs that would mean something bare.
    private static func quoted(_ text: String) -> String {
        "\"" + text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"") + "\""
    }
}
