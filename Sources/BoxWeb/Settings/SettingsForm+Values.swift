import BoxAPI
import BoxModel

/// What a form's fields hold; a box that is ticked holds `yes`.
typealias FieldTexts = [String: String]

extension SettingsForm {
    /// What its fields show of settings.
    func texts(of settings: Settings) -> FieldTexts {
        switch self {
        case .ownTor:
            ["policy": settings.ownTorPolicy, "guests": settings.guestsChooseOwnTor ? "yes" : ""]
        case .wifi:
            ["name": settings.wifi?.name ?? "", "password": settings.wifi?.password ?? ""]
        case .connection:
            [
                "proxy": settings.proxy == nil ? "" : "yes", "kind": settings.proxy?.kind ?? "socks5",
                "address": settings.proxy?.address ?? "", "user": settings.proxy?.user ?? "",
                "proxyPassword": settings.proxy?.password ?? "",
                "bridges": settings.bridges.isEmpty ? "" : "yes", "lines": Self.joined(settings.bridges),
                "ports": settings.reachablePorts.map(String.init).joined(separator: ", "),
            ]
        case .countries:
            [
                "entry": settings.entryCountries.joined(separator: ", "),
                "exit": settings.exitCountries.joined(separator: ", "),
            ]
        case .torLines:
            ["torLines": Self.joined(settings.furtherTorLines)]
        case .refusals:
            ["places": settings.notesPlaces ? "yes" : ""]
        }
    }

    /// Puts what was typed in the place of its part of the settings, which stay whole.
    ///
    /// - Returns: what cannot be said in settings at all; everything else is torboxd's to judge.
    func put(_ texts: FieldTexts, into settings: inout Settings) -> [Refusal.Mistake] {
        func text(_ field: String) -> String { Self.trimmed(texts[field] ?? "") }
        switch self {
        case .ownTor:
            settings.ownTorPolicy = text("policy")
            settings.guestsChooseOwnTor = text("guests") == "yes"
        case .wifi:
            // Not trimmed: a space can belong to either.
            let wifi = Settings.WiFi(name: texts["name"] ?? "", password: texts["password"] ?? "")
            settings.wifi = wifi.name.isEmpty && wifi.password.isEmpty ? nil : wifi
        case .connection:
            return putConnection(texts, into: &settings)
        case .countries:
            settings.entryCountries = Self.words(text("entry"))
            settings.exitCountries = Self.words(text("exit"))
        case .torLines:
            settings.furtherTorLines = Self.lines(text("torLines")).map(\.text)
        case .refusals:
            settings.notesPlaces = text("places") == "yes"
        }
        return []
    }

    private func putConnection(_ texts: FieldTexts, into settings: inout Settings) -> [Refusal.Mistake] {
        func text(_ field: String) -> String { Self.trimmed(texts[field] ?? "") }
        var mistakes: [Refusal.Mistake] = []
        settings.proxy =
            text("proxy") == "yes"
            ? Settings.Proxy(
                kind: text("kind"), address: text("address"), user: texts["user"] ?? "",
                password: texts["proxyPassword"] ?? "")
            : nil
        settings.bridges = text("bridges") == "yes" ? Self.lines(text("lines")).map(\.text) : []
        if text("bridges") == "yes", settings.bridges.isEmpty {
            mistakes.append(Refusal.Mistake(key: "bridges.lines", found: "", allowed: ""))
        }
        let ports = Self.words(text("ports"))
        settings.reachablePorts = ports.compactMap { Int($0) }
        if settings.reachablePorts.count != ports.count {
            mistakes.append(Refusal.Mistake(key: "tor.reachable-ports", found: "", allowed: ""))
        }
        return mistakes
    }

    /// The lines of a text that say something, with their numbers as the reader counts them.
    static func lines(_ text: String) -> [(number: Int, text: String)] {
        text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).enumerated().compactMap { line in
            let said = trimmed(String(line.element))
            return said.isEmpty ? nil : (line.offset + 1, said)
        }
    }

    private static func words(_ text: String) -> [String] {
        text.split { $0 == "," || $0 == ";" || $0.isWhitespace }.map(String.init)
    }

    private static func joined(_ lines: [String]) -> String {
        lines.joined(separator: "\n")
    }

    private static func trimmed(_ text: String) -> String {
        var rest = text.drop(while: \.isWhitespace)
        while rest.last?.isWhitespace == true { rest.removeLast() }
        return String(rest)
    }
}
