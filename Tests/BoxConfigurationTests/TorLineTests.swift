import BoxModel
import Testing

@Suite("Reading a further line for tor")
struct TorLineTests {
    private static let fingerprint = String(repeating: "aB", count: 20)

    @Test(
        "It is given to tor in one form",
        arguments: [
            ("MaxCircuitDirtiness 5 minutes", "MaxCircuitDirtiness 300 seconds"),
            ("  maxcircuitdirtiness   600 ", "MaxCircuitDirtiness 600 seconds"),
            ("TrackHostExitsExpire 1 day", "TrackHostExitsExpire 86400 seconds"),
            ("ConnectionPadding AUTO", "ConnectionPadding auto"), ("NumEntryGuards 2", "NumEntryGuards 2"),
            (
                "ExcludeNodes {de}, {FR} ,{??},192.0.2.0/24,198.51.100.7,\(fingerprint)",
                "ExcludeNodes {de},{FR},{??},192.0.2.0/24,198.51.100.7,\(fingerprint)"
            ),
            ("TrackHostExits .example.com,a-b.example.net", "TrackHostExits .example.com,a-b.example.net"),
            ("LongLivedPorts 21, 22,6667", "LongLivedPorts 21,22,6667"),
        ])
    func read(line: String, torrc: String) throws {
        #expect(try TorLine(line).text == torrc)
    }

    @Test(
        "What could open the box, name a file or touch what torboxd sets is refused",
        arguments: [
            "SocksPort 9050", "+SocksPort 9050", "/TransPort", "TransPort 0.0.0.0:1", "DNSPort 53", "ControlPort 9051",
            "HTTPTunnelPort 1", "ORPort 9001", "%include /etc/passwd", "DataDirectory /", "Log debug file /tmp/x",
            "SafeLogging 0", "ClientTransportPlugin a exec /bin/sh", "User root", "DirAuthority x", "FallbackDir x",
            "UseBridges 0", "Bridge 192.0.2.3:443", "Socks5Proxy 192.0.2.3:1", "HTTPSProxy 192.0.2.3:1",
            "EntryNodes {de}",
            "ExitNodes {de}", "DisableNetwork 0", "HiddenServiceDir /tmp", "ExitRelay 1", "GeoIPFile /etc/shadow",
            "UseEntryGuards 0", "EnforceDistinctSubnets 0", "ClientRejectInternalAddresses 0", "AutomapHostsSuffixes .",
            "MapAddress a b", "AllowNonRFC953Hostnames 1", "__DisablePredictedCircuits 1", "TestingTorNetwork 1",
            "SocksPolicy accept *", "RunAsDaemon 1", "Sandbox 0", "CookieAuthentication 0", "MaxCircuit 1",
            "StrictNode 1",
        ])
    func option(line: String) {
        #expect {
            try TorLine(line)
        } throws: { error in
            (error as? TorLineError).map { $0.remedy.contains("MaxCircuitDirtiness") || $0.found.contains("character") }
                == true
        }
    }

    @Test(
        "A value that its option does not take is refused",
        arguments: [
            "", " ", "StrictNodes", "StrictNodes 2", "StrictNodes 1 1", "VanguardsLiteEnabled 0", "NumEntryGuards 9",
            "NumEntryGuards -1", "NumEntryGuards 1 2", "MaxCircuitDirtiness 9", "MaxCircuitDirtiness 2 days",
            "MaxCircuitDirtiness 1 fortnight", "MaxCircuitDirtiness 1.5", "MaxCircuitDirtiness 99999999999999999999",
            "ExcludeNodes ", "ExcludeNodes ,", "ExcludeNodes {uk}", "ExcludeNodes {de} {fr}", "ExcludeNodes nickname",
            "ExcludeNodes 192.0.2.0/33", "ExcludeNodes {de", "LongLivedPorts 0", "LongLivedPorts 1 2",
            "LongLivedPorts 65536", "TrackHostExits .", "TrackHostExits a..b", "TrackHostExits -a",
            "StrictNodes 1\nSocksPort 9050", "StrictNodes 1\rSocksPort 9050", "StrictNodes 1 # x", "StrictNodes \"1\"",
            "StrictNodes 1\\", "StrictNodes\t1", "StrictNodes 1\0", "StrictNodes ١", "TrackHostExits é.example",
            "LongLivedPorts " + Array(repeating: "1", count: 51).joined(separator: ","),
            "TrackHostExits " + String(repeating: "a", count: 2500),
        ])
    func value(line: String) {
        #expect(throws: TorLineError.self) { try TorLine(line) }
    }

    @Test("The refusal names the option, and what is allowed instead")
    func words() {
        #expect {
            try TorLine("SocksPort 192.0.2.3:1")
        } throws: { error in
            "\(error)".hasPrefix(
                "found the option SocksPort, which is not among those that may be set here; allowed: MaxCircuitDirtiness, "
            )
        }
        #expect {
            try TorLine("NumEntryGuards 99")
        } throws: { error in
            "\(error)"
                == "found NumEntryGuards with a value that it does not take here; allowed: a whole number from 0 to 8"
        }
    }

    @Test("Countries are the 249 of ISO 3166-1, in either case")
    func countries() {
        #expect(CountryCode.all.count == 249)
        #expect(CountryCode("DE")?.letters == "de" && CountryCode("gb") != nil)
        #expect(["uk", "eu", "zz", "", "d", "deu", "ﬁ", "d\n"].allSatisfy { CountryCode($0) == nil })
    }
}
