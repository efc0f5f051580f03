import BoxConfiguration
import Testing

@testable import BoxRendering

@Suite("What is rendered from a configuration")
struct GoldenTests {
    @Test(
        "tor is configured as in the golden file",
        arguments: [
            ("torbox.toml", "torrc"), ("private-network.toml", "private-network.torrc"),
            ("bridges.toml", "bridges.torrc"), ("plain-bridge.toml", "plain-bridge.torrc"),
            ("snowflake.toml", "snowflake.torrc"),
        ])
    func torrc(configuration: String, golden: String) throws {
        #expect(try Torrc(Fixture.configuration(configuration)).text == Fixture.text(golden))
    }

    @Test("tor is told where snowflake's program listens beside the program that it starts itself")
    func transports() throws {
        let obfs4 = "obfs4 exec /usr/bin/obfs4proxy"
        #expect(try Torrc(Fixture.configuration("bridges.toml")).transports(snowflakePort: nil) == [obfs4])
        #expect(
            try Torrc(Fixture.configuration("bridges.toml")).transports(snowflakePort: 40001)
                == [obfs4, "snowflake socks5 127.0.0.1:40001"])
        #expect(
            try Torrc(Fixture.configuration("snowflake.toml")).transports(snowflakePort: 40001)
                == ["snowflake socks5 127.0.0.1:40001"])
    }

    @Test(
        "dnsmasq is configured as in the golden file",
        arguments: [("torbox.toml", "dnsmasq.conf"), ("private-network.toml", "private-network.dnsmasq.conf")])
    func dnsmasq(configuration: String, golden: String) throws {
        #expect(try DnsmasqConfiguration(Fixture.configuration(configuration)).text == Fixture.text(golden))
    }

    @Test(
        "chronyd is configured as in the golden file",
        arguments: [("torbox.toml", "chrony.conf"), ("private-network.toml", "private-network.chrony.conf")])
    func chrony(configuration: String, golden: String) throws {
        #expect(try ChronyConfiguration(Fixture.configuration(configuration)).text == Fixture.text(golden))
    }

    @Test(
        "networkd is told the addresses as in the golden files",
        arguments: [("05-torbox-lan.network", "lan.network"), ("05-torbox-uplinks.network", "uplinks.network")])
    func network(name: String, golden: String) throws {
        let files = try NetworkFiles(Fixture.configuration("torbox.toml")).contents
        #expect(try files[name] == Fixture.text(golden))
        #expect(files.count == 3 && files["05-torbox-admin.network"] == .some(nil))
    }

    @Test("The resolver asks tor or nobody")
    func upstream() throws {
        let tor = try Fixture.configuration("private-network.toml").tor
        #expect(ResolverUpstream.tor(tor).text == renderedComment + "server=127.0.0.1#9153\n")
        #expect(!ResolverUpstream.none.text.contains("server="))
    }

    @Test("The public Tor network has no line of a private one")
    func publicNetwork() throws {
        let text = try Torrc(Fixture.configuration("torbox.toml")).text
        #expect(!text.contains("DirAuthority") && !text.contains("EnforceDistinctSubnets"))
    }
}
