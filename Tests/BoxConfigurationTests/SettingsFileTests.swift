import BoxModel
import NetAddress
import Testing

@testable import BoxConfiguration

@Suite("The owner's settings beside the machine's file")
struct SettingsFileTests {
    private static let fingerprint = String(repeating: "C", count: 40)
    private static let bridge = "192.0.2.3:443 \(fingerprint)"

    private func reading(_ settings: String, beside machine: String = "") throws(ConfigurationError) -> Configuration {
        try Configuration.reading(
            bytes: Array("\(ReadingTests.smallest)\n\(machine)".utf8), file: "torbox.toml",
            settings: Array(settings.utf8),
            settingsFile: "settings.toml")
    }

    private func mistakes(_ settings: String, beside machine: String = "") -> [String] {
        do throws(ConfigurationError) {
            _ = try reading(settings, beside: machine)
            return []
        } catch {
            return error.mistakes.map(\.description)
        }
    }

    /// Each setting with another value than its default.
    private static var everything: Settings {
        var settings = Settings()
        settings.ownTorPolicy = "chosen"
        settings.guestsChooseOwnTor = true
        settings.notesPlaces = true
        settings.bridges = ["198.51.100.4:443 \(fingerprint)", "[2001:db8::3]:80 \(fingerprint)"]
        settings.proxy = Settings.Proxy(
            kind: "socks5", address: "192.168.1.7:1080", user: "a\"b # c",
            password: #" "\n'\\%include é"#.filter(\.isASCII))
        settings.reachablePorts = [80, 443]
        settings.exitCountries = ["nl", "se"]
        settings.furtherTorLines = ["MaxCircuitDirtiness 300 seconds", "ExcludeNodes {de},192.0.2.0/24"]
        settings.wifi = Settings.WiFi(name: "Café „Tor“ \"1\" \\ 🧅", password: #"a"b\c #'{}[]= "#)
        return settings
    }

    @Test("What is written is what is read")
    func roundTrip() throws {
        #expect(try reading(Self.everything.toml).settings == Self.everything)
        #expect(try reading(Settings().toml).settings == Settings())
        var countries = Settings()
        countries.entryCountries = ["fr"]
        #expect(try reading(countries.toml).settings == countries)
    }

    @Test("A whole settings file hides every setting of the machine's file, mistaken ones too")
    func whole() throws {
        let machine = """
            [wifi]
            name = "machine"
            password = "1"
            [tor]
            reachable-ports = [80]
            further-lines = ["SocksPort 9050"]
            [bridges]
            lines = ["\(Self.bridge)"]
            [proxy]
            kind = "socks4"
            address = "192.0.2.9:1"
            [own-tor]
            policy = "never"
            """
        let configuration = try reading(Settings().toml, beside: machine)
        #expect(configuration.settings == Settings())
        #expect(configuration.onlyDoors == nil)
    }

    @Test("A key that the settings leave out is the machine's")
    func keyByKey() throws {
        let configuration = try reading(
            "own-tor.policy = \"chosen\"", beside: "[own-tor]\npolicy = \"never\"\nguests-choose = true")
        #expect(configuration.ownTor.chosenPolicy == .chosen)
        #expect(configuration.ownTor.guestsChoose)
    }

    @Test("Without a settings file the machine's says everything")
    func noSettings() throws {
        let bytes = Array(ReadingTests.smallest.utf8)
        let configuration = try Configuration.reading(
            bytes: bytes, file: "torbox.toml", settings: nil, settingsFile: "settings.toml")
        #expect(try configuration == Configuration.reading(bytes: bytes, file: "torbox.toml"))
    }

    @Test("Mistakes of both files are named with the file in which they stand, the machine's kept apart")
    func bothFiles() {
        let found = mistakes(
            "[bridges]\nlines = [\n\"\(Self.bridge)\",\n\"BAIT\"]\n[own-tor]\npolicy = \"always\"\n",
            beside: "[bridges]\nlines = [\"hidden\"]\n[dns]\ncache-entries = -1")
        let places = found.map { $0.split(separator: ": ").prefix(2).joined(separator: " ") }
        let line = ReadingTests.smallest.split(separator: "\n", omittingEmptySubsequences: false).count + 4
        #expect(
            places == [
                "settings.toml:4 bridges.lines[1]", "settings.toml:6 own-tor.policy",
                "torbox.toml:\(line) dns.cache-entries",
            ], "\(found)")
        #expect(!found.joined().contains("BAIT"))
    }

    @Test(
        "What is wrong with the owner's lines has a word, for whoever says it in another language",
        arguments: [
            ("[bridges]\nlines = [\"\(bridge)\", \"\(bridge)\"]", Reason(.bridgeTwice)),
            ("[bridges]\nlines = [\"10.84.0.9:443 \(fingerprint)\"]", Reason(.bridgeInHouse)),
            ("[bridges]\nlines = [\"192.0.2.3:443\"]", Reason(.bridgeFingerprint)),
            ("[bridges]\nlines = [\"\(bridge)\"]\n[tor]\nreachable-ports = [80]", Reason(.bridgeOffPorts)),
            (
                "[bridges]\nlines = [\"\(bridge)\"]\n[tor]\nentry-countries = [\"de\"]",
                Reason(.bridgeBesideCountries)
            ),
            ("[tor]\nfurther-lines = [\"StrictNodes 1\", \"StrictNodes 0\"]", Reason(.torOptionTwice, "StrictNodes")),
            ("[tor]\nfurther-lines = [\"NumEntryGuards 99\"]", Reason(.torNumber, "NumEntryGuards", "0", "8")),
            ("[tor]\nfurther-lines = [\"ConfluxEnabled no\"]", Reason(.torWords, "ConfluxEnabled", "0, 1, auto")),
            ("[proxy]\nkind = \"socks5\"\naddress = \"10.84.0.9:1080\"", Reason(.proxyInHouse)),
            ("[proxy]\nkind = \"socks5\"\naddress = \"192.0.2.7:1\"\nuser = \"a\"", Reason(.proxyHalfLogin)),
        ])
    func reasons(settings: String, reason: Reason) {
        let error = #expect(throws: ConfigurationError.self) { try reading(settings) }
        #expect(error?.mistakes.map(\.reason) == [reason])
    }

    @Test(
        "Only settings may stand there",
        arguments: [
            ("lan.interface = \"lan9\"", "settings.toml:1: lan: found an unknown table"),
            ("[tor]\nuser = \"web\"", "settings.toml:2: tor.user: found an unknown key"),
            ("[tor]\nauthorities = []", "settings.toml:2: tor.authorities: found an unknown key"),
            ("tor = 1", "settings.toml:1: tor: found 1; allowed: a table"),
            ("[uplinks]\ninterfaces = []", "settings.toml:1: uplinks: found an unknown table"),
            ("x", "settings.toml:1: found text that is no TOML"), ("a = \"\0\"", "settings.toml:1: found a NUL byte"),
        ])
    func others(settings: String, mistake: String) {
        let found = mistakes(settings)
        #expect(found.count == 1 && found[0].hasPrefix(mistake), "\(found)")
    }

    @Test(
        "What does not go together is placed where the owner can change it",
        arguments: [
            ("[proxy]\nkind = \"socks5\"", "", "settings.toml:2: proxy.kind"),
            (
                "[proxy]\nkind = \"socks4\"", "[proxy]\nuser = \"a\"\npassword = \"a\"\naddress = \"192.0.2.7:1\"",
                "torbox.toml"
            ),
            ("[proxy]\nkind = \"socks5\"\naddress = \"10.84.0.9:1080\"", "", "settings.toml:3: proxy.address"),
            ("[proxy]\nkind = \"socks5\"\naddress = \"10.84.0.1:1080\"", "", "settings.toml:3: proxy.address"),
            ("[tor]\nentry-countries = [\"de\"]", "[bridges]\nlines = [\"\(bridge)\"]", "settings.toml:2: tor.entry-c"),
            (
                "[bridges]\nlines = [\"\(bridge)\"]", "[tor]\nentry-countries = [\"de\"]",
                "settings.toml:2: bridges.lines"
            ),
            (
                "[bridges]\nlines = [\"\(bridge)\"]", "[tor]\nreachable-ports = [80]",
                "settings.toml:2: bridges.lines[0]"
            ),
            ("[wifi]\nname = \"a\"", "", "settings.toml:2: wifi.name"),
            (
                "[bridges]\nlines = [\"obfs4 \(bridge) cert=\(String(repeating: "a", count: 70)) iat-mode=0\"]",
                "[proxy]\nkind = \"https\"\naddress = \"192.0.2.7:1\"\nuser = \"a\"\npassword = \"a/b\"",
                "torbox.toml"
            ),
        ])
    func conflicts(settings: String, machine: String, place: String) {
        let found = mistakes(settings, beside: machine)
        #expect(found.count == 1 && found[0].hasPrefix(place), "\(found)")
    }

    @Test(
        "Nothing typed breaks out of its string, or is read as less than it is",
        arguments: [
            "a\"\npolicy = \"never\"", "a\\", "\"]\n[lan]\ninterface = \"evil\"\n#", "'''", "\"\"\"", "a\r\nb", "a\0b",
            "\\u0041\\", "\u{85}\u{2028}\u{7F}\u{1}", "\u{FEFF}#", "🧅é\u{301}", "{}[],=#\\\"", "\t",
        ])
    func hostile(text: String) throws {
        var settings = Settings()
        settings.bridges = [text, text]
        settings.furtherTorLines = [text]
        settings.exitCountries = [text]
        settings.ownTorPolicy = text
        settings.proxy = Settings.Proxy(kind: text, address: text, user: text, password: text)
        settings.wifi = Settings.WiFi(name: text, password: text)
        let document = try Document(Array(settings.toml.utf8), file: "settings.toml")
        let read = Schema.settings.flatMap(\.entries).compactMap { document.value(of: $0) }
        let expected = text.replacing("\0", with: "\u{1}")
        #expect(read.filter { $0 == .text(expected) }.count == 7)
        #expect(read.filter { $0 == .list([.text(expected)]) }.count == 2)
        #expect(read.contains(.list([.text(expected), .text(expected)])))
        // And what is refused is refused at the keys, without a word of it.
        let found = mistakes(settings.toml)
        #expect(
            !found.isEmpty && found.allSatisfy { $0.hasPrefix("settings.toml:") && !$0.contains("unknown") }, "\(found)"
        )
    }

    @Test(
        "No message repeats a secret",
        arguments: [
            "[proxy]\nkind = \"BAIT\"", "[proxy]\npassword = \"BAIT\"",
            "[proxy]\nkind = \"socks5\"\naddress = \"BAIT\"",
            "[proxy]\nkind = \"socks4\"\naddress = \"192.0.2.7:1\"\nuser = \"BAIT\"\npassword = \"BAIT\"",
            "[proxy]\nuser = [\"BAIT\"]", "[wifi]\npassword = \"BAIT\"", "[wifi]\nname = \"BAIT\"", "proxy = \"BAIT\"",
            "[wifi]\npassword = BAIT", "[wifi]\npassword = \"BAIT", "[wifi]\npassword = trueBAIT",
            "[tor]\nfurther-lines = [\"HTTPSProxyAuthenticator a:BAIT\"]", "[tor]\nfurther-lines = \"a BAIT\"",
            "[tor]\nfurther-lines = [\"BAITb4it BAIT\"]", "[tor]\nfurther-lines = [\"StrictNodes BAIT\"]",
        ])
    func secrets(settings: String) {
        let found = mistakes(settings).joined(separator: "\n")
        #expect(!found.isEmpty && !found.contains("BAIT"), "\(found)")
    }

    @Test("Printing settings or what was made of them shows nothing of them")
    func redacted() throws {
        let configuration = try reading(Self.everything.toml)
        var dumped = ""
        dump((Self.everything, configuration), to: &dumped)
        for text in ["Café", "192.168.1.7", "include", "198.51.100.4"] {
            #expect(!"\(Self.everything) \(configuration) \(dumped)".contains(text))
        }
    }

    @Test("A proxy is the only door, with bridges and without", arguments: [[], [bridge]])
    func onlyDoor(bridges: [String]) throws {
        var settings = Settings()
        settings.bridges = bridges
        settings.proxy = Settings.Proxy(kind: "https", address: "192.168.1.7:3128")
        let configuration = try reading(settings.toml)
        #expect(configuration.onlyDoors == [try #require(configuration.proxy).endpoint])
        #expect(configuration.ownTor.policy == .never)
        #expect(configuration.settings.ownTorPolicy == "automatic")
    }

    @Test("Without a proxy bridges are the only doors, and without both there is no such set")
    func bridgesAreDoors() throws {
        #expect(
            try reading("[bridges]\nlines = [\"\(Self.bridge)\"]").onlyDoors?.map(\.description) == ["192.0.2.3:443"])
        #expect(try reading("").onlyDoors == nil)
    }

    static let snowflake =
        "snowflake 192.0.2.4:80 \(String(repeating: "C", count: 40)) url=https://broker.example/ ice=stun:192.0.2.9:3478"

    @Test("The address of a snowflake bridge is no door, and no proxy stands before it")
    func snowflakeIsNoDoor() throws {
        var settings = Settings()
        settings.bridges = [Self.snowflake]
        let alone = try reading(settings.toml)
        #expect(alone.onlyDoors == [] && alone.usesSnowflake && alone.ownTor.policy == .never)
        #expect(alone.settings.bridges == settings.bridges)
        settings.bridges.append(Self.bridge)
        let beside = try reading(settings.toml)
        #expect(beside.onlyDoors?.map(\.description) == ["192.0.2.3:443"] && beside.usesSnowflake)
        settings.proxy = Settings.Proxy(kind: "https", address: "192.168.1.7:3128")
        #expect(throws: ConfigurationError.self) { try reading(settings.toml) }
        #expect(try !reading("").usesSnowflake)
    }
}
