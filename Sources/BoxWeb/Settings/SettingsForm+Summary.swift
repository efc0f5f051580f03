import BoxModel

extension SettingsForm {
    /// What holds now, in a few words.
    func summary(of settings: Settings, _ words: Words) -> String {
        switch self {
        case .ownTor:
            return words("policy_\(settings.ownTorPolicy)")
        case .wifi:
            return settings.wifi?.name ?? words("settings_wifi_none")
        case .connection:
            let ways = [
                settings.proxy.map { words("settings_by_proxy", $0.address) },
                settings.bridges.isEmpty ? nil : words("settings_by_bridges", "\(settings.bridges.count)"),
            ].compactMap(\.self)
            return ways.isEmpty ? words("settings_direct") : ways.joined(separator: " ")
        case .countries:
            let lists = [settings.entryCountries, settings.exitCountries].map {
                $0.isEmpty ? words("settings_any") : $0.joined(separator: ", ")
            }
            return words("settings_from_to", lists[0], lists[1])
        case .torLines:
            let count = settings.furtherTorLines.count
            return count == 0 ? words("settings_lines_none") : words("settings_lines_count", "\(count)")
        case .refusals:
            return words(settings.notesPlaces ? "settings_places_on" : "settings_places_off")
        }
    }
}
