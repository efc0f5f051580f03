import BoxModel
import NetAddress
import Testing
import TorDocuments

@testable import BoxConfiguration

/// A file without a mistake, and what it says.
@Suite("Reading a configuration")
struct ReadingTests {
    static let smallest = """
        [uplinks]
        interfaces = ["wan0"]

        [lan]
        interface = "lan0"
        ipv6 = "fd84:84:84::1/64"
        """

    @Test("What is left out has its default")
    func defaults() throws {
        let configuration = try Configuration.reading(Self.smallest, file: "torbox.toml")
        #expect(configuration.uplinks.map(\.description) == ["wan0"])
        #expect(configuration.lan.interface.description == "lan0")
        #expect(configuration.lan.ipv4.description == "10.84.0.1/24")
        #expect(configuration.lan.ipv6.description == "fd84:84:84::1/64")
        #expect(configuration.lan.leaseHours == 12)
        #expect(configuration.dns.name == "torbox.lan")
        #expect(configuration.dns.cacheEntries == 1000)
        #expect(configuration.tor.onionIPv4.description == "10.192.0.0/10")
        #expect(configuration.tor.onionIPv6.description == "fd74:6f72:626f::/48")
        #expect(configuration.tor.transportPort == 9040)
        #expect(configuration.tor.dnsPort == 9053)
        #expect(configuration.tor.user == "debian-tor")
        #expect(configuration.tor.authorities.isEmpty)
        #expect(configuration.tor.fallbacks.isEmpty)
        #expect(configuration.tor.distinctSubnets)
        #expect(configuration.ownTor.policy == .automatic)
        #expect(configuration.ownTor.guardsPerDeviceAndDay == 30)
        #expect(configuration.time.user == "torbox-clock")
        #expect(configuration.pages.admin == nil)
    }

    @Test("Each value that is given is the one that counts")
    func everythingGiven() throws {
        let fingerprints = (String(repeating: "a1", count: 20), "B2B2 " + String(repeating: "B2B2 ", count: 9))
        let configuration = try Configuration.reading(
            """
            [uplinks]
            interfaces = [
                "wan0",  # the cable
                "wwan0",
            ]
            [lan]
            interface = "br-lan"
            ipv4 = "192.168.7.254/28"
            ipv6 = "fdab:cdef:1234:1::53/64"
            lease-hours = 168
            [dns]
            name = "Box.Home.lan"
            cache-entries = 0
            [tor]
            onion-ipv4 = "172.16.0.0/12"
            onion-ipv6 = "fd00:1::/104"
            transport-port = 1024
            dns-port = 65535
            user = "_tor-2"
            authorities = [
                "auth1 orport=7000 no-v2 v3ident=\(fingerprints.0) ipv6=[2001:db8::1]:7001 198.51.100.1:7100 \(fingerprints.1)",
            ]
            fallbacks = ["198.51.100.11 orport=7000 id=\(fingerprints.0) ipv6=[2001:db8::11]:7001"]
            distinct-subnets = false
            [time]
            user = "_clock"
            [own-tor]
            policy = "chosen"
            guards-per-device-and-day = 1000
            [pages]
            admin-interface = "usb0"
            admin-ipv4 = "10.86.0.1/28"
            only-there = true
            """, file: "torbox.toml")
        #expect(configuration.uplinks.map(\.description) == ["wan0", "wwan0"])
        #expect(configuration.pages.admin?.interface.description == "usb0")
        #expect(configuration.pages.admin?.ipv4.description == "10.86.0.1/28")
        #expect(configuration.pages.admin?.isOnlyPlace == true)
        #expect(configuration.lan.interface.description == "br-lan")
        #expect(configuration.lan.ipv4.description == "192.168.7.254/28")
        #expect(configuration.lan.ipv6.description == "fdab:cdef:1234:1::53/64")
        #expect(configuration.lan.leaseHours == 168)
        #expect(configuration.dns.name == "box.home.lan")
        #expect(configuration.dns.cacheEntries == 0)
        #expect(configuration.tor.onionIPv4.description == "172.16.0.0/12")
        #expect(configuration.tor.onionIPv6.description == "fd00:1::/104")
        #expect(configuration.tor.transportPort == 1024)
        #expect(configuration.tor.dnsPort == 65535)
        #expect(configuration.tor.user == "_tor-2")
        #expect(!configuration.tor.distinctSubnets)
        #expect(configuration.ownTor.policy == .chosen)
        #expect(configuration.ownTor.guardsPerDeviceAndDay == 1000)

        let fallback = try #require(configuration.tor.fallbacks.first)
        #expect("\(fallback.identity)" == fingerprints.0.uppercased())
        #expect(fallback.endpoints.map(\.description) == ["198.51.100.11:7000", "[2001:db8::11]:7001"])
        #expect(configuration.time.user == "_clock")

        let authority = try #require(configuration.tor.authorities.first)
        #expect(authority.nickname == "auth1")
        #expect(authority.directory.description == "198.51.100.1:7100")
        #expect(authority.orPort == 7000)
        #expect(authority.votingIdentity == fingerprints.0.uppercased())
        #expect(authority.fingerprint == String(repeating: "B2", count: 20))
        #expect(authority.doors.map(\.description) == ["198.51.100.1:7000", "[2001:db8::1]:7001"])
    }

    @Test(
        "The way a table is written makes no difference",
        arguments: [
            "uplinks.interfaces = [\"wan0\"]\nlan = { interface = \"lan0\", ipv6 = \"fd84:84:84::1/64\" }",
            "\u{FEFF}[lan]\r\ninterface = 'lan0'\r\n\"ipv6\" = \"\"\"fd84:84:84::1/64\"\"\"\r\n[ uplinks ]\r\n"
                + "interfaces = [ 'wan0' ] # the cable",
        ])
    func spellings(text: String) throws {
        let expected = try Configuration.reading(Self.smallest, file: "torbox.toml")
        #expect(try Configuration.reading(text, file: "torbox.toml") == expected)
    }

    @Test("Every default and every example of the schema is a value that its key takes")
    func schemaIsConsistent() throws {
        for table in Schema.tables {
            for entry in table.entries {
                // `authorities` and `distinct-subnets` are tried in everythingGiven; their examples stand here too.
                for literal in [entry.standard, entry.example].compactMap({ $0 }) where table.name != "uplinks" {
                    let line = "\(entry.name) = \(literal)"
                    let text =
                        switch (table.name, entry.name) {
                        case ("lan", "interface"):
                            Self.smallest.replacing("interface = \"lan0\"", with: line)
                        case ("lan", "ipv6"):
                            Self.smallest.replacing("ipv6 = \"fd84:84:84::1/64\"", with: line)
                        case ("tor", "fallbacks"):
                            Self.smallest + "\n[tor]\n\(line)\nauthorities = \(Schema.authorities.entry.example)"
                        case ("proxy", "kind"):
                            Self.smallest + "\n[proxy]\n\(line)"
                                + (literal == "none" ? "" : "\naddress = \"192.0.2.7:1\"")
                        case ("proxy", "address") where literal != "":
                            Self.smallest + "\n[proxy]\n\(line)\nkind = \"socks5\""
                        case ("proxy", "user") where literal != "":
                            Self.smallest
                                + "\n[proxy]\n\(line)\npassword = \"a\"\nkind = \"https\"\naddress = \"192.0.2.7:1\""
                        case ("proxy", "password") where literal != "":
                            Self.smallest
                                + "\n[proxy]\n\(line)\nuser = \"a\"\nkind = \"https\"\naddress = \"192.0.2.7:1\""
                        case ("wifi", "name") where literal != "":
                            Self.smallest + "\n[wifi]\n\(line)\npassword = \"12345678\""
                        case ("wifi", "password") where literal != "":
                            Self.smallest + "\n[wifi]\n\(line)\nname = \"a\""
                        case ("lan", _): Self.smallest + "\n" + line
                        default: Self.smallest + "\n[\(table.name)]\n" + line
                        }
                    #expect(throws: Never.self, "\(line)") { try Configuration.reading(text, file: "torbox.toml") }
                }
            }
        }
    }

    @Test("Beside bridges the policy for a device's own Tor is never", arguments: OwnTorPolicy.allCases)
    func bridges(policy: OwnTorPolicy) throws {
        let text = """
            \(Self.smallest)
            [own-tor]
            policy = "\(policy.rawValue)"
            [bridges]
            lines = ["Bridge 192.0.2.3:443 \(String(repeating: "c", count: 40))"]
            """
        let configuration = try Configuration.reading(text, file: "torbox.toml")
        #expect(configuration.ownTor.policy == .never)
        #expect(configuration.bridges.map(\.endpoint.description) == ["192.0.2.3:443"])
    }
}
