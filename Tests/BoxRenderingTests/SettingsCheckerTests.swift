import BoxConfiguration
import BoxModel
import HostSystem
import Testing

@testable import BoxRendering

/// tor itself judges what the owner's settings make of its file.
extension CheckerTests {
    private static let fingerprint = String(repeating: "C", count: 40)
    private static let plain = "192.0.2.3:443 \(fingerprint)"
    private static let obfs4 =
        "obfs4 [2001:db8::3]:80 \(fingerprint) cert=AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8gISIjJCUmJygpKissLS4vMDEyMw "
        + "iat-mode=0"

    static let proxies: [Settings.Proxy?] = [
        nil, Settings.Proxy(kind: "socks4", address: "192.168.1.7:1080"),
        Settings.Proxy(kind: "socks5", address: "[2001:db8::7]:1080"),
        Settings.Proxy(kind: "socks5", address: "192.0.2.7:1080", user: "me", password: "a-b.c_d~9"),
        Settings.Proxy(kind: "https", address: "[2001:db8::7]:3128"),
        Settings.Proxy(
            kind: "https", address: "192.0.2.7:3128", user: String(repeating: "u", count: 255),
            password: String(repeating: "p", count: 255)),
    ]

    private func configuration(_ settings: Settings) throws -> Configuration {
        try Configuration.reading(
            bytes: Array(Fixture.text("torbox.toml").utf8), file: "torbox.toml", settings: Array(settings.toml.utf8),
            settingsFile: "settings.toml")
    }

    private func expectValid(_ settings: Settings, in folder: String) async throws {
        let paths = ServicePaths(runtimeDirectory: folder, torDataDirectory: folder + "/data")
        let outcome = try await verify(Torrc(configuration(settings), paths: paths).text, in: folder)
        let warnings = outcome.output.split(separator: "\n").filter { line in
            // True and meant: tests that root may run, and that excluded relays are missed somewhere.
            line.contains("[warn]") && !line.contains("running Tor as root") && !line.contains("asked to exclude")
        }
        #expect(outcome.status == 0 && warnings.isEmpty, "\(outcome.output)")
    }

    @Test("tor accepts each proxy with each way in, ports, countries and lines", arguments: proxies)
    func settings(proxy: Settings.Proxy?) async throws {
        try await inFolder { folder in
            for (bridges, entries) in [
                ([], []), ([], ["de", "fr"]), ([Self.plain], []), ([Self.plain, Self.obfs4], []),
            ] {
                for (ports, exits) in [([], []), ([80, 443], []), ([443, 80, 9001], ["nl"])] {
                    var settings = Settings()
                    (settings.proxy, settings.bridges, settings.entryCountries) = (proxy, bridges, entries)
                    (settings.reachablePorts, settings.exitCountries) = (ports, exits)
                    settings.furtherTorLines = ports.isEmpty ? [] : ["ExcludeNodes {ru},192.0.2.0/24", "StrictNodes 1"]
                    try await expectValid(settings, in: folder)
                }
            }
        }
    }

    /// The smallest and the largest value that each option takes.
    static let bounds = TorLineOption.allowed.flatMap { option in
        switch option.values {
        case .words(let words): words.map { "\(option.name) \($0)" }
        case .number(let range), .duration(let range):
            ["\(option.name) \(range.lowerBound)", "\(option.name) \(range.upperBound)"]
        case .relays: ["\(option.name) {de},{??},192.0.2.0/24,198.51.100.7,\(fingerprint)"]
        case .hosts: ["\(option.name) .example.com,a-b.example.net"]
        case .ports: ["\(option.name) 1,23,65535"]
        }
    }

    @Test("tor accepts each further line that the box does, alone and all together")
    func furtherLines() async throws {
        try await inFolder { folder in
            var settings = Settings()
            for line in Self.bounds {
                settings.furtherTorLines = [line]
                try await expectValid(settings, in: folder)
            }
            var seen: Set<Substring> = []
            settings.furtherTorLines = Self.bounds.filter { seen.insert($0.prefix { $0 != " " }).inserted }
            #expect(settings.furtherTorLines.count == TorLineOption.allowed.count)
            try await expectValid(settings, in: folder)
        }
    }

    @Test(
        "tor gets a login whole, whatever it holds, and no line besides",
        arguments: [
            "plain", "a\"b", "a\\", "\\\"", "# no comment", " blanks ", "\"", "a\\n\\x41", "%include /etc/passwd",
            "'$(reboot)`;|&<>", "+SocksPort 9050", "a\\\"\\", "{}[]=,",
        ])
    func login(text: String) async throws {
        for (kind, option) in [("socks5", "Socks5ProxyPassword"), ("https", "HTTPSProxyAuthenticator")] {
            var settings = Settings()
            settings.proxy = Settings.Proxy(kind: kind, address: "192.0.2.7:1080", user: text, password: text)
            try await inFolder { folder in
                let paths = ServicePaths(runtimeDirectory: folder, torDataDirectory: folder + "/data")
                try write(Torrc(configuration(settings), paths: paths).text, to: folder + "/torrc")
                let dump = try await Command(
                    "tor", ["--dump-config", "short", "--defaults-torrc", "/dev/null", "-f", folder + "/torrc"]
                ).outcome()
                let lines = dump.output.split(separator: "\n")
                let expected = kind == "https" ? "\(text):\(text)" : text
                let escaped = expected.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"")
                #expect(
                    lines.contains("\(option) \(expected)") || lines.contains("\(option) \"\(escaped)\""),
                    "\(dump.output)")
                let options = Set(lines.filter { !$0.contains("[") }.map { $0.prefix { $0 != " " } })
                #expect(options.filter { $0.hasPrefix("Socks") && !$0.hasPrefix("Socks5Proxy") } == ["SocksPort"])
                #expect(lines.filter { $0.hasPrefix("SocksPort") } == ["SocksPort 127.0.0.1:9049 IsolateDestAddr"])
            }
        }
    }

    @Test("The tables of countries are read only where a country is named")
    func countries() throws {
        var settings = Settings()
        settings.furtherTorLines = ["ExcludeNodes 192.0.2.0/24"]
        #expect(try Torrc(configuration(settings)).text.contains("GeoIPFile /dev/null"))
        settings.furtherTorLines = ["ExcludeNodes {de}"]
        #expect(try Torrc(configuration(settings)).text.contains("GeoIPFile /usr/share/tor/geoip\n"))
    }
}
