/// A form over one part of the owner's settings; the first visit and the settings' pages show the same ones.
enum SettingsForm: String, CaseIterable, Sendable {
    case ownTor, wifi, connection, countries, torLines, refusals

    /// Where it is among the settings' pages.
    var path: String {
        switch self {
        case .ownTor: "/settings/own-tor"
        case .wifi: "/settings/wifi"
        case .connection: "/settings/connection"
        case .countries: "/settings/countries"
        case .torLines: "/settings/tor-lines"
        case .refusals: "/settings/refused"
        }
    }

    /// The names of its fields, as the page shows them from above.
    var fields: [String] {
        switch self {
        case .ownTor: ["policy", "guests"]
        case .wifi: ["name", "password"]
        case .connection: ["proxy", "kind", "address", "user", "proxyPassword", "bridges", "lines", "ports"]
        case .countries: ["entry", "exit"]
        case .torLines: ["torLines"]
        case .refusals: ["places"]
        }
    }

    /// Whether Tor starts anew afterwards, which ends the devices' connections.
    var reconnects: Bool {
        switch self {
        case .connection, .countries, .torLines: true
        case .ownTor, .wifi, .refusals: false
        }
    }
}
