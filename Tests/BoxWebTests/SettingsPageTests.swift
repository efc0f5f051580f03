import BoxModel
import HTTPTypes
import NIOConcurrencyHelpers
import Testing

@testable import BoxWeb

@Suite("The forms of the settings")
struct SettingsPageTests {
    /// What a reader types in a form, and what it makes of the settings.
    struct Good: CustomTestStringConvertible {
        let form: SettingsForm
        let typed: [String: String]
        let holds: @Sendable (Settings) -> Bool

        var testDescription: String { "\(form)" }
    }

    /// What a reader types, beside which field the mistake stands, and the sentence for it.
    struct Bad: CustomTestStringConvertible {
        let form: SettingsForm
        let typed: [String: String]
        let field: String
        /// As an extract of both languages.
        let says: [String]

        var testDescription: String { "\(form): \(field)" }
    }

    private static let good = [
        Good(form: .ownTor, typed: ["policy": "chosen", "guests": "yes"]) {
            $0.ownTorPolicy == "chosen" && $0.guestsChooseOwnTor
        },
        Good(form: .ownTor, typed: ["policy": "never"]) { $0.ownTorPolicy == "never" && !$0.guestsChooseOwnTor },
        Good(form: .wifi, typed: ["name": " été 🧅;", "password": #"a\b;c,"d:e "#]) {
            $0.wifi == Settings.WiFi(name: " été 🧅;", password: #"a\b;c,"d:e "#)
        },
        Good(form: .refusals, typed: ["places": "yes"]) { $0.notesPlaces },
        Good(form: .refusals, typed: [:]) { !$0.notesPlaces },
        Good(form: .wifi, typed: ["name": "", "password": ""]) { $0.wifi == nil },
        Good(form: .connection, typed: ["address": "192.0.2.7:1080", "lines": "left", "ports": "80, 443"]) {
            $0.proxy == nil && $0.bridges.isEmpty && $0.reachablePorts == [80, 443]
        },
        Good(
            form: .connection,
            typed: [
                "proxy": "yes", "kind": "https", "address": " 192.0.2.7:1080 ", "user": "ana", "proxyPassword": "p w ",
                "bridges": "yes", "lines": "\r\n 192.0.2.3:443 A \r\n\r\nobfs4 192.0.2.4:443 B\r\n",
            ]
        ) {
            $0.proxy == .init(kind: "https", address: "192.0.2.7:1080", user: "ana", password: "p w ")
                && $0.bridges == ["192.0.2.3:443 A", "obfs4 192.0.2.4:443 B"] && $0.reachablePorts.isEmpty
        },
        Good(form: .countries, typed: ["entry": "ch, fr", "exit": "IS"]) {
            $0.entryCountries == ["ch", "fr"] && $0.exitCountries == ["IS"]
        },
        Good(form: .torLines, typed: ["torLines": "MaxCircuitDirtiness 60\r\n"]) {
            $0.furtherTorLines == ["MaxCircuitDirtiness 60"]
        },
    ]

    private static let bad = [
        Bad(form: .ownTor, typed: ["policy": "sometimes"], field: "policy", says: ["one of the three", "des trois"]),
        Bad(
            form: .wifi, typed: ["name": "", "password": "long enough"], field: "name", says: ["1 to 32", "de 1 à 32"]),
        Bad(
            form: .wifi, typed: ["name": "home", "password": "sh<ort"], field: "password",
            says: ["8 to 63", "de 8 à 63"]),
        Bad(
            form: .connection, typed: ["proxy": "yes", "kind": "socks5", "address": "proxy.example:1080"],
            field: "address", says: ["192.0.2.7:1080", "en chiffres"]),
        Bad(
            form: .connection, typed: ["proxy": "yes", "kind": "ftp", "address": "192.0.2.7:21"],
            field: "kind", says: ["kinds in the list", "types de la liste"]),
        Bad(
            form: .connection, typed: ["bridges": "yes", "lines": "192.0.2.3:443 A\n\nnonsense"], field: "lines",
            says: ["Line 3: There is no usable address", "Ligne 3 : Cette ligne n’a pas d’adresse"]),
        Bad(form: .connection, typed: ["bridges": "yes"], field: "lines", says: ["Copy the whole", "Copiez la"]),
        Bad(form: .connection, typed: ["ports": "80, http"], field: "ports", says: ["65535", "65535"]),
        Bad(form: .connection, typed: ["ports": "99999"], field: "ports", says: ["65535", "65535"]),
        Bad(form: .countries, typed: ["entry": "ch fra"], field: "entry", says: ["Tor begins", "Tor commence"]),
        Bad(form: .countries, typed: ["exit": "France"], field: "exit", says: ["Tor ends", "Tor finit"]),
        Bad(
            form: .torLines, typed: ["torLines": "MaxCircuitDirtiness 60\nSocksPort <b>"], field: "torLines",
            says: ["Line 2: This line", "Ligne 2 : Cette ligne"]),
    ]

    @Test("What is typed well is in force, and nothing else has changed", arguments: good)
    func taken(example: Good) async throws {
        let sample = try SampleSite()
        defer { sample.remove() }
        let before = example.form == .torLines ? ["fr"] : ["MaxCircuitDirtiness 30"]
        sample.settings.withLockedValue {
            if example.form == .torLines { $0.exitCountries = before } else { $0.furtherTorLines = before }
        }
        var owner = try await sample.owner()
        let seen = try await owner.submit(example.form.path, example.typed, from: example.form.path)
        #expect(seen.status == .seeOther)
        let settings = sample.settings.withLockedValue { $0 }
        #expect(example.holds(settings))
        #expect(example.form == .torLines ? settings.exitCountries == before : settings.furtherTorLines == before)
        let after = try #require(seen.headers[.location])
        let next = try await owner.get(after)
        #expect(next.status == .ok && (after == "/" || next.text.contains("Saved.")))
    }

    @Test("What is typed badly comes back whole, with the reason beside its field", arguments: bad, ["en", "fr"])
    func refused(example: Bad, language: String) async throws {
        let sample = try SampleSite()
        defer { sample.remove() }
        let before = sample.settings.withLockedValue { $0 }
        var owner = try await sample.owner()
        owner.acceptLanguage = language
        let seen = try await owner.submit(example.form.path, example.typed, from: example.form.path)
        #expect(seen.status == .unprocessableContent)
        #expect(seen.text.contains(example.says[language == "en" ? 0 : 1]))
        #expect(seen.text.contains("role=\"alert\" tabindex=\"-1\" autofocus"))
        #expect(seen.text.contains("href=\"#\(example.field)\"") && seen.text.contains("id=\"\(example.field)\""))
        #expect(seen.text.contains("id=\"\(example.field)-remark\""))
        let describes = "aria-describedby=\"([a-z]+-hint )?\(example.field)-remark( [a-z]+-hint)?\""
        #expect(seen.text.contains(try Regex(describes)))
        for text in example.typed.values where !["yes", "sometimes", "ftp"].contains(text) {
            #expect(seen.text.contains(text.replacing("<", with: "&lt;").replacing(">", with: "&gt;")), "\(text)")
        }
        #expect(seen.text.matches(of: />[a-z]+_[A-Za-z_]+</).isEmpty && seen.text.utf8.count < 20_000)
        #expect(sample.settings.withLockedValue { $0 } == before)
    }

    @Test("Whatever tor starts anew for says beforehand that connections end", arguments: SettingsForm.allCases)
    func endsConnections(form: SettingsForm) async throws {
        let sample = try SampleSite()
        defer { sample.remove() }
        var owner = try await sample.owner()
        let restartsTor = [SettingsForm.connection, .countries, .torLines].contains(form)
        #expect(try await owner.get(form.path).text.contains("the open connections of your devices end") == restartsTor)
    }

    @Test("What the daemon knows of a line is said too: an option that is none names those that are")
    func namesTheAllowed() async throws {
        let sample = try SampleSite()
        defer { sample.remove() }
        var owner = try await sample.owner()
        let seen = try await owner.submit("/settings/tor-lines", ["torLines": "ControlPort 1"], from: "/settings")
        #expect(seen.text.contains("<span class=\"detail\" lang=\"en\">found ControlPort; MaxCircuitDirtiness or Num"))
    }

    @Test("Bridges that lead nowhere come back with what was typed, and that nothing has changed")
    func rolledBack() async throws {
        let sample = try SampleSite()
        defer { sample.remove() }
        var owner = try await sample.owner()
        let typed = ["bridges": "yes", "lines": "192.0.2.99:443 A"]
        let seen = try await owner.submit("/settings/connection", typed, from: "/settings/connection")
        #expect(seen.status == .unprocessableContent && seen.text.contains("Nothing has changed; the box"))
        #expect(seen.text.contains("192.0.2.99:443 A</textarea>"))
    }

    @Test("A page shows what is in force, in the form and in the overview", arguments: ["en", "fr"])
    func shows(language: String) async throws {
        let sample = try SampleSite()
        defer { sample.remove() }
        sample.settings.withLockedValue {
            $0.ownTorPolicy = "chosen"
            $0.bridges = ["192.0.2.3:443 A", "192.0.2.4:443 B"]
            $0.proxy = .init(kind: "socks4", address: "192.0.2.7:1080")
            $0.wifi = .init(name: "<i>home", password: "password1")
            $0.exitCountries = ["is"]
        }
        var owner = try await sample.owner()
        owner.acceptLanguage = language
        let all = try await owner.get("/settings").text
        for text in ["192.0.2.7:1080", "&lt;i&gt;home", language == "en" ? "Ends in: is." : "Finit dans : is."] {
            #expect(all.contains(text))
        }
        #expect(try await owner.get("/settings/own-tor").text.contains("value=\"chosen\" checked"))
        let wifi = try await owner.get("/settings/wifi").text
        #expect(wifi.contains("<svg") && wifi.contains(language == "en" ? "easy to guess" : "se devine facilement"))
        let connection = try await owner.get("/settings/connection").text
        #expect(
            connection.contains("value=\"socks4\" selected") && connection.contains("A\n192.0.2.4:443 B</textarea>"))
    }

    @Test("A Wi-Fi without a name yet is offered a password by lot, another each time")
    func proposal() async throws {
        let sample = try SampleSite()
        defer { sample.remove() }
        var owner = try await sample.owner()
        let pattern = /name="password" value="([a-z]{5}(-[a-z]{5}){3})"/
        let first = try #require(try await owner.get("/settings/wifi").text.firstMatch(of: pattern)?.output.1)
        let second = try #require(try await owner.get("/settings/wifi").text.firstMatch(of: pattern)?.output.1)
        #expect(first != second)
    }

    @Test(
        "What a camera joins the Wi-Fi by says exactly its name and password",
        arguments: [
            ("home", "plain words", "WIFI:T:WPA;S:home;P:plain words;;"),
            (#"a;b,c"d:e\"#, #"\\;;::"#, #"WIFI:T:WPA;S:a\;b\,c\"d\:e\\;P:\\\\\;\;\:\:;;"#),
            ("été;\u{301}", "x;T:nopass", "WIFI:T:WPA;S:été\\;\u{301};P:x\\;T\\:nopass;;"),
        ])
    func joining(name: String, password: String, text: String) {
        let joining = Settings.WiFi(name: name, password: password).joining
        #expect(Array(joining.utf8) == Array(text.utf8))
    }
}
