import Testing

@testable import BoxConfiguration

@Suite("Mistakes in a configuration")
struct MistakeTests {
    /// The mistakes of a text, one line each.
    private func mistakes(in text: String) -> [String] {
        do throws(ConfigurationError) {
            _ = try Configuration.reading(text, file: "torbox.toml")
            return []
        } catch {
            return error.mistakes.map(\.description)
        }
    }

    @Test("A file full of mistakes gets all of them reported, in the order of its lines")
    func everythingAtOnce() {
        let text = """
            # A comment, so that lines are not counted from the tables.
            [uplinks]
            interfaces = ["wan0", "lan0", "wan0"]
            colour = "red"

            [lan]
            interface = "lan0"
            ipv4 = "10.84.0.1/33"
            lease-hour = 12
            lease-hours = "12"

            [dns]
            cache-entries = 10001
            name = '''
            torbox'''

            [radio]
            name = "hotel"

            [tor]
            transport-port = 9053
            distinct-subnets = false
            """
        #expect(
            mistakes(in: text) == [
                "torbox.toml:3: uplinks.interfaces[2]: found \"wan0\"; allowed: each interface name once",
                "torbox.toml:4: uplinks.colour: found an unknown key; allowed: interfaces",
                "torbox.toml:6: lan.ipv6: found nothing; allowed: an IPv6 address that starts with \"fd\" and has the "
                    + "prefix length 64, such as \"fd84:84:84::1/64\"",
                "torbox.toml:8: lan.ipv4: found \"10.84.0.1/33\"; allowed: a private IPv4 address with a prefix length "
                    + "from 16 to 28, such as \"10.84.0.1/24\"",
                "torbox.toml:9: lan.lease-hour: found an unknown key; allowed: interface, ipv4, ipv6, lease-hours; did "
                    + "you mean lease-hours?",
                "torbox.toml:10: lan.lease-hours: found \"12\"; allowed: a whole number from 1 to 168, such as 12",
                "torbox.toml:13: dns.cache-entries: found 10001; allowed: a whole number from 0 to 10000, such as 1000",
                "torbox.toml:14: dns.name: found ''' torbox'''; allowed: a host name that ends in \".lan\", such as "
                    + "\"torbox.lan\"",
                "torbox.toml:17: radio: found an unknown table; allowed: uplinks, lan, wifi, dns, tor, bridges, proxy, own-tor, "
                    + "time, pages",
                "torbox.toml:21: tor.transport-port: found 9053; allowed: different ports in tor.dns-port and "
                    + "tor.transport-port",
                "torbox.toml:22: tor.distinct-subnets: found false; allowed: true on the public Tor network; false only "
                    + "beside tor.authorities",
            ])
    }

    @Test("An empty file lacks what has no default")
    func emptyFile() {
        #expect(
            mistakes(in: "").map { $0.prefix { $0 != ";" } } == [
                "torbox.toml:1: lan.interface: found nothing",
                "torbox.toml:1: lan.ipv6: found nothing",
                "torbox.toml:1: uplinks.interfaces: found nothing",
            ])
    }

    @Test("Text that is no TOML is reported at its line")
    func noTOML() throws {
        let found = mistakes(in: "[lan]\ninterface = lan0\n")
        #expect(found.count == 1)
        #expect(try #require(found.first).hasPrefix("torbox.toml:2: found text that is no TOML"))
    }

    @Test("A key given twice is a mistake of the text")
    func repeatedKey() throws {
        let found = mistakes(in: "[lan]\ninterface = \"lan0\"\ninterface = \"lan1\"\n")
        #expect(try #require(found.first).hasPrefix("torbox.toml:3: found text that is no TOML"))
    }

    struct Refused: Sendable, CustomTestStringConvertible {
        let table: String
        let line: String
        var testDescription: String { "[\(table)] \(line)" }
    }

    private static func refused(_ table: String, _ key: String, _ values: [String]) -> [Refused] {
        values.map { Refused(table: table, line: "\(key) = \($0)") }
    }

    private static let fingerprint = String(repeating: "C", count: 40)

    private static let refusedValues: [Refused] =
        refused(
            "uplinks", "interfaces",
            [
                "[]", "\"wan0\"", "12", "[1]", "[[\"wan0\"]]", "[\"lo\"]", "[\"\"]", "[\"a b\"]", "[\"wan/0\"]",
                "[\"wan:0\"]", "[\"wan\\\"0\"]", "[\"wan\\n0\"]", "[\"-wan\"]", "[\".\"]", "[\"..\"]",
                "[\"abcdefghijklmnop\"]", "[\"wän0\"]", "[\"a\", \"b\", \"c\", \"d\", \"e\"]", "[\"wan0\", \"wan0\"]",
                "[\"lan0\"]", "{ a = 1 }",
            ])
        + refused("lan", "interface", ["\"lo\"", "\"\"", "true", "[\"lan0\"]", "\"lan0;reboot\""])
        + refused(
            "lan", "ipv4",
            [
                "\"10.84.0.1\"", "\"10.84.0.1/33\"", "\"10.84.0.1/15\"", "\"10.84.0.1/29\"", "\"10.84.0.0/24\"",
                "\"10.84.0.255/24\"", "\"8.8.8.8/24\"", "\"172.32.0.1/24\"", "\"192.169.0.1/24\"", "\"127.0.0.1/24\"",
                "\"169.254.1.1/24\"", "\"100.64.0.1/24\"", "\"fd84::1/64\"", "\"lan\"", "24", "\"10.192.0.1/24\"",
                "\"10.255.255.1/24\"",
            ])
        + refused(
            "lan", "ipv6",
            [
                "\"fd84::1/48\"", "\"fd84::1\"", "\"fd84::/64\"", "\"fe80::1/64\"", "\"2001:db8::1/64\"",
                "\"fc84::1/64\"", "\"10.84.0.1/24\"", "\"fd74:6f72:626f::1/64\"", "6",
            ])
        + refused("lan", "lease-hours", ["0", "169", "-1", "12.0", "\"12h\"", "2026-01-01"])
        + refused(
            "dns", "name",
            [
                "\"lan\"", "\".lan\"", "\"torbox\"", "\"torbox.com\"", "\"tor box.lan\"", "\"-a.lan\"", "\"a-.lan\"",
                "\"a..lan\"", "\"torbox.lan.\"", "\"tör.lan\"", "\"a,b.lan\"", "\"a_b.lan\"", "\"a\\nb.lan\"", "1",
                "\"\(String(repeating: "a", count: 64)).lan\"",
            ])
        + refused("dns", "cache-entries", ["-1", "10001", "\"many\"", "false"])
        + refused(
            "tor", "onion-ipv4",
            [
                "\"10.192.0.0/17\"", "\"10.192.0.1/16\"", "\"127.192.0.0/10\"", "\"11.0.0.0/16\"", "\"10.0.0.0/7\"",
                "\"10.0.0.0/8\"", "\"fd00::/16\"", "0",
            ])
        + refused(
            "tor", "onion-ipv6",
            [
                "\"fe80::/10\"", "\"fc00::/7\"", "\"fd00::/105\"", "\"fd00::1/64\"", "\"fd84:84:84::/48\"",
                "\"fd00::/8\"", "\"10.192.0.0/10\"",
            ])
        + refused("tor", "transport-port", ["0", "1023", "65536", "9053", "\"9040\""])
        + refused("tor", "dns-port", ["53", "9040", "9049", "-1"])
        + refused("tor", "user", ["\"root\"", "\"\"", "\"Tor\"", "\"1tor\"", "\"a b\"", "\"a:b\"", "\"-a\"", "1"])
        + refused("tor", "authorities", ["\"auth1\"", "[\"auth1\"]", "[1]", "true"])
        + refused(
            "tor", "fallbacks",
            [
                "[\"198.51.100.1 orport=1 id=\(String(repeating: "A", count: 40))\"]", "[\"198.51.100.1\"]", "[1]",
                "\"198.51.100.1\"",
            ])
        + refused("time", "user", ["\"root\"", "\"debian-tor\"", "\"torbox-snowflake\"", "1"])
        + refused("tor", "distinct-subnets", ["false", "\"true\"", "0"])
        + refused(
            "bridges", "lines",
            [
                "\"192.0.2.3:443 \(fingerprint)\"", "[\"\"]", "[1]", "true", "[\"192.0.2.3:443\"]",
                "[[\"192.0.2.3:443 \(fingerprint)\"]]", "[\"192.0.2.3:443 \(fingerprint)\\nSocksPort 9050\"]",
                "[\"10.84.0.7:443 \(fingerprint)\"]", "[\"[fd84:84:84::7]:443 \(fingerprint)\"]",
                "[\"10.192.0.7:443 \(fingerprint)\"]",
                "[\"192.0.2.3:443 \(fingerprint)\", \"Bridge 192.0.2.3:443 \(fingerprint)\"]",
                "[\(Array(repeating: "\"192.0.2.3:443 \(fingerprint)\"", count: 33).joined(separator: ", "))]",
            ])
        + refused("own-tor", "guests-choose", ["\"true\"", "1"])
        + refused("pages", "refused-places", ["\"true\"", "1"])
        + refused(
            "tor", "reachable-ports",
            [
                "[0]", "[65536]", "[\"80\"]", "80", "[80, -1]",
                "[\(Array(repeating: "80", count: 17).joined(separator: ","))]",
            ])
        + ["entry-countries", "exit-countries"].flatMap { key in
            refused(
                "tor", key,
                [
                    "\"de\"", "[\"uk\"]", "[\"eu\"]", "[\"zz\"]", "[\"{de}\"]", "[\"de,fr\"]", "[\"de\\n\"]",
                    "[\"\"]", "[1]", "[\"ﬁ\"]",
                    "[\(Array(repeating: "\"de\"", count: 51).joined(separator: ","))]",
                ])
        }
        + refused(
            "tor", "further-lines",
            [
                "\"StrictNodes 1\"", "[1]", "[\"\"]", "[\"SocksPort 9050\"]", "[\"StrictNodes 1\", \"strictnodes 0\"]",
                "[\"StrictNodes 1\\nSocksPort 9050\"]",
                "[\(Array(repeating: "\"StrictNodes 1\"", count: 33).joined(separator: ","))]",
            ])
        + refused("proxy", "kind", ["\"http\"", "\"SOCKS5\"", "\"\"", "5", "\"socks5\""])
        + refused(
            "proxy", "address",
            [
                "\"192.0.2.7\"", "\"proxy.example.net:1080\"", "\"192.0.2.7:0\"", "\"127.0.0.1:1080\"",
                "\"[::1]:1080\"", "\"0.0.0.0:1\"", "\"[fe80::1]:1080\"", "\"224.0.0.1:1080\"",
                "\"http://192.0.2.7:80\"",
                "\"192.0.2.7:1080\\nSocksPort 9050\"", "1080", "\"192.0.2.7:1080\"",
            ])
        + refused(
            "proxy", "user",
            ["\"a:b\"", "\"a\\nb\"", "\"é\"", "\"\(String(repeating: "a", count: 256))\"", "1", "\"a\""])
        + refused(
            "proxy", "password", ["\"a\\tb\"", "\"é\"", "\"\(String(repeating: "a", count: 256))\"", "1", "\"a\""])
        + refused(
            "wifi", "name",
            ["\"\(String(repeating: "é", count: 17))\"", "\"a\\nb\"", "\"a\\u0085b\"", "1", "\"Torbox\""])
        + refused(
            "wifi", "password",
            [
                "\"1234567\"", "\"\(String(repeating: "a", count: 64))\"", "\"pässword\"", "\"12345678\\n\"",
                "12345678",
                "\"12345678\"",
            ])
        + refused("own-tor", "policy", ["\"Automatic\"", "\"always\"", "\"\"", "true", "0"])
        + refused("own-tor", "guards-per-device-and-day", ["0", "1001", "-1", "2.5", "\"30\""])
        + refused("pages", "admin-interface", ["\"wan0\"", "\"lan0\"", "\"a b\"", "1", "[\"usb0\"]"])
        + refused("pages", "admin-ipv4", ["\"10.85.0.0/24\"", "\"192.0.2.1/24\"", "\"fd85::1/64\"", "1"])
        + refused("pages", "only-there", ["true", "\"false\"", "1"])

    @Test("A value that is not allowed is refused at its key", arguments: refusedValues)
    func refusedValue(refused: Refused) {
        var tables = [
            "uplinks": ["interfaces = [\"wan0\"]"], "lan": ["interface = \"lan0\"", "ipv6 = \"fd84:84:84::1/64\""],
        ]
        let key = refused.line.prefix { $0 != " " }
        tables[refused.table, default: []].removeAll { $0.hasPrefix(key + " ") }
        tables[refused.table, default: []].insert(refused.line, at: 0)
        let others = tables.filter { $0.key != refused.table }
            .map { "[\($0.key)]\n" + $0.value.joined(separator: "\n") + "\n" }
        let text =
            "[\(refused.table)]\n" + tables[refused.table, default: []].joined(separator: "\n") + "\n"
            + others.joined()

        let found = mistakes(in: text)
        #expect(found.count == 1, "\(found)")
        // An uplink that is the LAN is reported at the LAN.
        let place = refused.line.contains("lan0\"]") && refused.table == "uplinks" ? "lan.interface" : "torbox.toml:2: "
        #expect(found.first?.contains(place) == true, "\(found)")
    }

    @Test(
        "No message repeats anything of a bridge",
        arguments: [
            "[bridges]\nlines = [\"BAIT\"]", "[bridges]\nlines = \"BAIT\"", "[bridges]\nlines = [[\"BAIT\"]]",
            "bridges = \"BAIT\"", "bridges = [\"BAIT\"]", "[bridges]\nlines = [\"obfs4 10.84.0.7:443 BAIT\"]",
            "[bridge]\nlines = [\"BAIT\"]", "[tor]\nbridges = [\"BAIT\"]", "[bridges]\nlines = { BAIT = 1 }",
            "[bridges]\nlines = [\"snowflake 192.0.2.3:80 BAIT\"]",
            "[bridges]\nlines = [\"snowflake 192.0.2.3:80 \(fingerprint) url=BAIT\"]",
        ])
    func secret(text: String) {
        let found = mistakes(in: text).joined(separator: "\n")
        #expect(found.contains("bridge") && !found.contains("BAIT"), "\(found)")
    }

    @Test("A line that is no bridge is reported at its line, with what is wrong and what to do")
    func brokenBridge() {
        let text = """
            [bridges]
            lines = [
                "192.0.2.3:443 \(Self.fingerprint)",
                "snowflake 192.0.2.3:80 \(Self.fingerprint)",
            ]
            """
        let found = mistakes(in: text).first { $0.contains("bridges") }
        #expect(
            found
                == "torbox.toml:4: bridges.lines[1]: found a snowflake bridge without a usable url=, the https:// address "
                + "of its broker on port 443; allowed: the whole line as it was given; copy it again")
    }

    @Test(
        "Each mistake says of which kind it is",
        arguments: [
            ("\0", Mistake.Kind.file), ("[lan", .syntax), ("[lan]\nipv5 = 1", .unknownKey), ("", .missingKey),
            ("[dns]\nname = 1", .wrongType), ("[dns]\nname = \"box\"", .value),
            ("[tor]\ndistinct-subnets = false", .conflict),
        ])
    func kinds(text: String, kind: Mistake.Kind) {
        #expect {
            try Configuration.reading(text, file: "torbox.toml")
        } throws: { error in
            (error as? ConfigurationError)?.mistakes.contains { $0.kind == kind } == true
        }
    }

    @Test("A table given as something else is one mistake, not one for each of its keys")
    func tableOfWrongType() {
        let text = "lan = 3\n[uplinks]\ninterfaces = [\"wan0\"]\n"
        #expect(
            mistakes(in: text) == ["torbox.toml:1: lan: found 3; allowed: a table that starts with the line [lan]"])
    }

    @Test("Bytes that are no plain text are refused with a reason")
    func noPlainText() {
        func refusal(_ bytes: [UInt8]) -> String {
            do throws(ConfigurationError) {
                _ = try Configuration.reading(bytes: bytes, file: "torbox.toml")
                return "accepted"
            } catch {
                return error.description
            }
        }
        #expect(
            refusal([UInt8](repeating: 35, count: 262145))
                == "torbox.toml:1: found 262145 bytes; allowed: at most 262144 bytes")
        #expect(
            refusal(Array("a = 1\nb = \"\0\"".utf8))
                == "torbox.toml:2: found a NUL byte; allowed: plain text in UTF-8")
        #expect(refusal([0xC3, 0x28]) == "torbox.toml:1: found bytes that are no UTF-8; allowed: plain text in UTF-8")
    }

    @Test(
        "A slip of the pen gets the key that was meant",
        arguments: [
            ("ipv5", "ipv4"), ("Interface", "interface"), ("lease_hours", "lease-hours"), ("iterface", "interface"),
        ])
    func suggestion(written: String, meant: String) {
        #expect(Spelling.nearest(to: written, among: ["interface", "ipv4", "ipv6", "lease-hours"]) == meant)
    }

    @Test("A word that resembles no key gets no suggestion", arguments: ["", "dns", "gateway", "colour"])
    func noSuggestion(written: String) {
        #expect(Spelling.nearest(to: written, among: ["interface", "ipv4", "ipv6", "lease-hours"]) == nil)
    }
}
