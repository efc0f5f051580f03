import ArgumentParser
import BoxModel

/// A setting by its name in the configuration, or a table that is best set as a whole.
enum SettingsKey: String, CaseIterable, ExpressibleByArgument {
    case ownTorPolicy = "own-tor.policy"
    case guestsChoose = "own-tor.guests-choose"
    case reachablePorts = "tor.reachable-ports"
    case entryCountries = "tor.entry-countries"
    case exitCountries = "tor.exit-countries"
    case furtherLines = "tor.further-lines"
    case bridges = "bridges.lines"
    case proxy
    case proxyKind = "proxy.kind"
    case proxyAddress = "proxy.address"
    case proxyUser = "proxy.user"
    case proxyPassword = "proxy.password"
    case wifi
    case wifiName = "wifi.name"
    case wifiPassword = "wifi.password"
    case refusedPlaces = "pages.refused-places"

    /// One line of the command's help.
    var help: String { "  \(rawValue) \(form)" }

    private var form: String {
        switch self {
        case .ownTorPolicy: "automatic|chosen|never"
        case .guestsChoose, .refusedPlaces: "true|false"
        case .reachablePorts: "[PORT…]"
        case .entryCountries, .exitCountries: "[COUNTRY…], two letters each"
        case .furtherLines, .bridges: "[\"LINE\"…]"
        case .proxy: "none, or KIND ADDRESS:PORT [USER PASSWORD]"
        case .proxyKind: "socks4|socks5|https"
        case .proxyAddress: "ADDRESS:PORT"
        case .proxyUser, .wifiName: "NAME"
        case .proxyPassword, .wifiPassword: "PASSWORD"
        case .wifi: "none, or NAME PASSWORD"
        }
    }

    /// Puts values in the place of those that the key has; torboxd judges what they are worth.
    ///
    /// - Throws: `ValidationError` where they are of another number or kind than the key takes.
    func set(_ values: [String], in settings: inout Settings) throws {
        switch self {
        case .ownTorPolicy: settings.ownTorPolicy = try one(values)
        case .guestsChoose: settings.guestsChooseOwnTor = try flag(values)
        case .reachablePorts:
            settings.reachablePorts = try values.map { value in
                guard let port = Int(value) else { throw unfit() }
                return port
            }
        case .entryCountries: settings.entryCountries = values
        case .exitCountries: settings.exitCountries = values
        case .furtherLines: settings.furtherTorLines = values
        case .bridges: settings.bridges = values
        case .proxy: settings.proxy = try proxy(values)
        case .proxyKind: try change(&settings.proxy, \.kind, values)
        case .proxyAddress: try change(&settings.proxy, \.address, values)
        case .proxyUser: try change(&settings.proxy, \.user, values)
        case .proxyPassword: try change(&settings.proxy, \.password, values)
        case .wifi:
            guard values != ["none"] else {
                settings.wifi = nil
                return
            }
            guard values.count == 2 else { throw unfit() }
            settings.wifi = Settings.WiFi(name: values[0], password: values[1])
        case .wifiName: try change(&settings.wifi, \.name, values)
        case .wifiPassword: try change(&settings.wifi, \.password, values)
        case .refusedPlaces: settings.notesPlaces = try flag(values)
        }
    }

    private func one(_ values: [String]) throws -> String {
        guard values.count == 1 else { throw unfit() }
        return values[0]
    }

    private func flag(_ values: [String]) throws -> Bool {
        guard let flag = Bool(try one(values)) else { throw unfit() }
        return flag
    }

    private func change<Table>(_ table: inout Table?, _ part: WritableKeyPath<Table, String>, _ values: [String]) throws
    {
        let value = try one(values)
        guard table != nil else {
            let whole = rawValue.split(separator: ".")[0]
            throw ValidationError("\(rawValue): there is none yet; set `\(whole)` as a whole first")
        }
        table?[keyPath: part] = value
    }

    private func proxy(_ values: [String]) throws -> Settings.Proxy? {
        if values == ["none"] { return nil }
        switch values.count {
        case 2: return Settings.Proxy(kind: values[0], address: values[1])
        case 4: return Settings.Proxy(kind: values[0], address: values[1], user: values[2], password: values[3])
        default: throw unfit()
        }
    }

    // What was given is not repeated: it may be a password.
    private func unfit() -> ValidationError { ValidationError("\(rawValue) takes: \(form)") }
}
