import BoxModel

extension Settings {
    private static let mask = "(not shown; --reveal shows it)"

    /// The same without what was given in confidence.
    var masked: Settings {
        var masked = self
        func hide(_ text: inout String) { if !text.isEmpty { text = Self.mask } }
        for index in masked.bridges.indices { hide(&masked.bridges[index]) }
        if var proxy = masked.proxy {
            hide(&proxy.user)
            hide(&proxy.password)
            masked.proxy = proxy
        }
        if var wifi = masked.wifi {
            hide(&wifi.password)
            masked.wifi = wifi
        }
        return masked
    }

    /// One line a setting, by its name in the configuration.
    func words(revealing: Bool) -> String {
        let shown = revealing ? self : masked
        var lines = [
            line(.ownTorPolicy, [shown.ownTorPolicy]), line(.guestsChoose, ["\(shown.guestsChooseOwnTor)"]),
            line(.reachablePorts, shown.reachablePorts.map { "\($0)" }, empty: "all"),
            line(.entryCountries, shown.entryCountries, empty: "all"),
            line(.exitCountries, shown.exitCountries, empty: "all"),
        ]
        lines += shown.furtherTorLines.isEmpty ? [line(.furtherLines, [])] : []
        lines += shown.furtherTorLines.map { line(.furtherLines, [$0]) }
        lines += shown.bridges.isEmpty ? [line(.bridges, [])] : shown.bridges.map { line(.bridges, [$0]) }
        if let proxy = shown.proxy {
            lines += [
                line(.proxyKind, [proxy.kind]), line(.proxyAddress, [proxy.address]), line(.proxyUser, [proxy.user]),
                line(.proxyPassword, [proxy.password]),
            ]
        } else {
            lines.append(line(.proxy, []))
        }
        if let wifi = shown.wifi {
            lines += [line(.wifiName, [wifi.name]), line(.wifiPassword, [wifi.password])]
        } else {
            lines.append(line(.wifi, []))
        }
        lines.append(line(.refusedPlaces, ["\(shown.notesPlaces)"]))
        return lines.joined(separator: "\n")
    }

    private func line(_ key: SettingsKey, _ values: [String], empty: String = "none") -> String {
        let values = values.filter { !$0.isEmpty }
        return "\(key.rawValue): \(values.isEmpty ? empty : values.joined(separator: " "))"
    }
}
