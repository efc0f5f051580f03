import BoxAPI
import BoxModel

extension SampleSite {
    /// Takes good settings and refuses bad ones, by the keys that torboxd names; a way to Tor that leads nowhere fails.
    static func change(to new: Settings, in settings: inout Settings) -> Reply {
        if new.bridges.contains(where: { $0.contains("192.0.2.99") }) {
            return .refused(Refusal(.failed, "tor did not come back; the settings from before are in force"))
        }
        let mistakes = mistakes(in: new)
        guard mistakes.isEmpty else {
            return .refused(Refusal(.badArgument, "\(mistakes.count) mistakes", mistakes: mistakes))
        }
        settings = new
        return .done
    }

    private static func mistakes(in new: Settings) -> [Refusal.Mistake] {
        var mistakes: [Refusal.Mistake] = []
        func refuse(
            _ key: String, _ found: String, _ allowed: String, _ reason: Reason? = nil, unless isGood: Bool
        ) {
            if isGood { return }
            mistakes.append(Refusal.Mistake(key: key, found: "found \(found)", allowed: allowed, reason: reason))
        }
        refuse(
            "own-tor.policy", new.ownTorPolicy, "automatic, chosen or never",
            unless: OwnTorPolicy(rawValue: new.ownTorPolicy) != nil)
        if let wifi = new.wifi {
            refuse("wifi.name", "\(wifi.name.utf8.count) bytes", "1 to 32", unless: 1...32 ~= wifi.name.utf8.count)
            let isPlain = wifi.password.unicodeScalars.allSatisfy { " "..."~" ~= $0 }
            refuse(
                "wifi.password", "a password", "8 to 63 printable ASCII characters",
                unless: 8...63 ~= wifi.password.utf8.count && isPlain)
        }
        if let proxy = new.proxy {
            refuse(
                "proxy.kind", proxy.kind, "one of three", unless: ["socks4", "socks5", "https"].contains(proxy.kind))
            refuse(
                "proxy.address", "no endpoint", "ADDRESS:PORT", unless: proxy.address.contains(/^[0-9.]+:[0-9]+$/))
        }
        for (index, line) in new.bridges.enumerated() {
            refuse(
                "bridges.lines[\(index)]", "no bridge", "ADDRESS:PORT", Reason(.bridgeAddress),
                unless: line.contains(/[0-9.]+:[0-9]+/))
        }
        for (index, port) in new.reachablePorts.enumerated() {
            refuse("tor.reachable-ports[\(index)]", "\(port)", "1 to 65535", unless: 1...65535 ~= port)
        }
        for (key, countries) in [("entry", new.entryCountries), ("exit", new.exitCountries)] {
            for (index, country) in countries.enumerated() {
                refuse("tor.\(key)-countries[\(index)]", country, "two letters", unless: country.count == 2)
            }
        }
        for (index, line) in new.furtherTorLines.enumerated() {
            refuse(
                "tor.further-lines[\(index)]", line.split(separator: " ").first.map(String.init) ?? "",
                "MaxCircuitDirtiness or NumEntryGuards", unless: line.hasPrefix("MaxCircuitDirtiness"))
        }
        return mistakes
    }
}
