import BoxModel
import NetAddress

extension Configuration {
    /// The owner's choices that are in force, as a person would type them.
    public var settings: Settings {
        var settings = Settings()
        settings.ownTorPolicy = ownTor.chosenPolicy.rawValue
        settings.guestsChooseOwnTor = ownTor.guestsChoose
        settings.notesPlaces = pages.notesPlaces
        settings.bridges = bridges.map(\.revealed)
        settings.proxy = proxy.map { proxy in
            Settings.Proxy(
                kind: proxy.kind.rawValue, address: proxy.endpoint.description, user: proxy.login?.user ?? "",
                password: proxy.login?.password ?? "")
        }
        settings.reachablePorts = tor.reachablePorts.map { Int($0) }
        settings.entryCountries = tor.entryCountries.map(\.letters)
        settings.exitCountries = tor.exitCountries.map(\.letters)
        settings.furtherTorLines = tor.furtherLines.map(\.text)
        settings.wifi = wifi.map { Settings.WiFi(name: $0.name, password: $0.password) }
        return settings
    }
}
