import BoxModel
import Testing

@Suite("Reading a bridge line")
struct BridgeLineTests {
    private static let digits = String(repeating: "C", count: 40)
    private static let certificate = String(repeating: "aZ09+/7", count: 10)
    /// What a snowflake line needs at least, and what it begins with.
    private static let broker = "url=https://broker.example/"
    private static let servers = "ice=stun:stun.example:3478"
    private static let snowflake = "snowflake 192.0.2.3:80 \(digits)"

    @Test(
        "It is read as people have it, and given to tor in one form",
        arguments: [
            ("192.0.2.3:443 \(digits)", "192.0.2.3:443 \(digits)"),
            ("Bridge 192.0.2.3:443 \(digits.lowercased())", "192.0.2.3:443 \(digits)"),
            ("  bridge\t[2001:DB8:0::3]:443   \(digits) ", "[2001:db8::3]:443 \(digits)"),
            (
                "obfs4 192.0.2.3:443 \(digits) cert=\(certificate) iat-mode=0",
                "obfs4 192.0.2.3:443 \(digits) cert=\(certificate) iat-mode=0"
            ),
            (
                "Bridge obfs4 [2001:db8::3]:443 \(digits) iat-mode=2 cert=\(certificate)",
                "obfs4 [2001:db8::3]:443 \(digits) cert=\(certificate) iat-mode=2"
            ),
            ("\(snowflake) \(broker) \(servers)", "\(snowflake) \(broker) \(servers)"),
            (
                "Bridge Snowflake 192.0.2.3:80 \(digits.lowercased()) utls-imitate=hellorandomizedalpn "
                    + "ice=stun:192.0.2.9:3478,stun:[2001:db8::9]:3478,stun:stun.example "
                    + "fronts=a.example,b-1.example ampcache=https://cache.example:443/amp fingerprint=\(digits) "
                    + "url=https://192.0.2.8/path/x_1-2.html",
                "\(snowflake) fingerprint=\(digits) url=https://192.0.2.8/path/x_1-2.html fronts=a.example,b-1.example "
                    + "ampcache=https://cache.example:443/amp ice=stun:192.0.2.9:3478,stun:[2001:db8::9]:3478,"
                    + "stun:stun.example utls-imitate=hellorandomizedalpn"
            ),
            ("\(snowflake) \(servers) fronts=a.example \(broker)", "\(snowflake) \(broker) front=a.example \(servers)"),
        ])
    func read(line: String, torrc: String) throws {
        #expect(try BridgeLine(line).revealed == torrc)
    }

    @Test(
        "Anything else is refused as a whole, with its reason",
        arguments: [
            ("", BridgeLineError.Kind.empty), ("  Bridge ", .empty), (String(repeating: "a", count: 701), .tooLong),
            ("192.0.2.3:443 \(digits)\nSocksPort 9050", .character), ("192.0.2.3:443 \(digits)\r", .character),
            ("192.0.2.3:443 \(digits) # mine", .character), ("\"192.0.2.3:443 \(digits)\"", .character),
            ("192.0.2.3:443 \(digits)\\", .character), ("192.0.2.3:443\u{a0}\(digits)", .character),
            ("192.0.2.3:443 \(digits)\0", .character), ("192.0.2.3:443 \u{661}", .character),
            ("Bridge Snowflake 192.0.2.3:80", .fingerprint), ("snowflake broker.example:80", .address),
            ("webtunnel [2001:db8::3]:443 \(digits)", .transport),
            ("meek_lite 192.0.2.3:80", .transport), ("obfs4", .address), ("obfs4 bridge.example.net:443", .address),
            ("bridge.example.net:443 \(digits)", .address), ("192.0.2.3 \(digits)", .address),
            ("2001:db8::3:443 \(digits)", .address), ("192.0.2.3:0 \(digits)", .address),
            ("192.0.2.3:65536 \(digits)", .address), ("127.0.0.1:443 \(digits)", .address),
            ("0.0.0.0:443 \(digits)", .address), ("255.255.255.255:443 \(digits)", .address),
            ("224.0.0.1:443 \(digits)", .address), ("[::1]:443 \(digits)", .address),
            ("[::ffff:127.0.0.1]:443 \(digits)", .address), ("[fe80::1]:443 \(digits)", .address),
            ("[ff02::1]:443 \(digits)", .address), ("192.0.2.3:443", .fingerprint),
            ("192.0.2.3:443 \(digits)C", .fingerprint), ("192.0.2.3:443 $\(digits)", .fingerprint),
            ("192.0.2.3:443 \(digits) iat-mode=0", .surplus), ("192.0.2.3:443 \(digits) Bridge", .surplus),
            ("obfs4 192.0.2.3:443 \(digits)", .obfs4), ("obfs4 192.0.2.3:443 \(digits) iat-mode=0", .obfs4),
            ("obfs4 192.0.2.3:443 \(digits) cert=\(certificate)", .obfs4),
            ("obfs4 192.0.2.3:443 \(digits) cert=\(certificate) iat-mode=3", .obfs4),
            ("obfs4 192.0.2.3:443 \(digits) cert=\(certificate)= iat-mode=0", .obfs4),
            ("obfs4 192.0.2.3:443 \(digits) cert=\(certificate.dropLast())- iat-mode=0", .obfs4),
            ("obfs4 192.0.2.3:443 \(digits) cert=\(certificate) iat-mode=0 iat-mode=0", .obfs4),
            ("obfs4 192.0.2.3:443 \(digits) cert=\(certificate) iat-mode=0 proxy=1", .obfs4),
        ])
    func refused(line: String, kind: BridgeLineError.Kind) {
        #expect { try BridgeLine(line) } throws: { ($0 as? BridgeLineError)?.kind == kind }
    }

    @Test(
        "Of a snowflake bridge each part is judged",
        arguments: [
            ("fingerprint=\(digits) \(servers)", BridgeLineError.Kind.snowflakeBroker),
            ("\(broker)", .snowflakeServers),
            ("\(broker) \(servers) \(broker)", .snowflakeKey), ("\(broker) \(servers) max=9", .snowflakeKey),
            ("\(broker) \(servers) proxy=socks5://192.0.2.1", .snowflakeKey),
            ("\(broker) \(servers) log", .snowflakeKey),
            ("\(broker) \(servers) keep-local-addresses=true", .snowflakeKey),
            ("fingerprint=\(String(repeating: "D", count: 40)) \(broker) \(servers)", .snowflakeFingerprint),
            ("url=http://broker.example/ \(servers)", .snowflakeBroker), ("url=https:// \(servers)", .snowflakeBroker),
            ("url=https://broker.example:8443/ \(servers)", .snowflakeBroker),
            ("url=https://me@broker.example/ \(servers)", .snowflakeBroker),
            ("url=https://127.0.0.1/ \(servers)", .snowflakeBroker),
            ("url=https://broker/ \(servers)", .snowflakeBroker),
            ("url=https://broker.example/\(String(repeating: "a", count: 180)) \(servers)", .snowflakeBroker),
            ("\(broker) \(servers) front=a.example,b.example", .snowflakeFronts),
            ("\(broker) \(servers) front=a.example fronts=b.example", .snowflakeFronts),
            ("\(broker) \(servers) fronts=a.example,", .snowflakeFronts),
            ("\(broker) \(servers) front=192.0.2.1", .snowflakeFronts),
            ("\(broker) \(servers) front=-a.example", .snowflakeFronts),
            ("\(broker) \(servers) ampcache=cdn.example", .snowflakeCache), ("\(broker) ice=", .snowflakeServers),
            ("\(broker) ice=turn:turn.example:3478", .snowflakeServers),
            ("\(broker) ice=stun:stun.example:0", .snowflakeServers),
            ("\(broker) ice=stun:stun.example:65536", .snowflakeServers),
            ("\(broker) ice=stun:127.0.0.1:53", .snowflakeServers),
            ("\(broker) ice=stun:a.example:1:2", .snowflakeServers),
            ("\(broker) ice=\(Array(repeating: "stun:a.b", count: 21).joined(separator: ","))", .snowflakeServers),
            ("\(broker) \(servers) utls-imitate=", .snowflakeImitated),
            ("\(broker) \(servers) utls-imitate=a/b", .snowflakeImitated),
            (
                "\(broker) ice=\(Array(repeating: "stun:\(String(repeating: "a", count: 50)).example", count: 9).joined(separator: ","))",
                .tooLong
            ),
        ])
    func refusesParts(parts: String, kind: BridgeLineError.Kind) {
        let line = "\(Self.snowflake) \(parts)"
        #expect { try BridgeLine(line) } throws: { ($0 as? BridgeLineError)?.kind == kind }
    }

    @Test("Printing it shows nothing of it")
    func redacted() throws {
        for line in ["192.0.2.3:443 \(Self.digits)", "\(Self.snowflake) \(Self.broker) \(Self.servers)"] {
            let bridge = try BridgeLine(line)
            var dumped = ""
            dump((bridge, bridge.transport), to: &dumped)
            let printed = "\(bridge) \(String(reflecting: [bridge])) \(bridge.transport) \(dumped)"
            for part in ["192.0.2.3", "CCC", "example"] { #expect(!printed.contains(part), "\(printed)") }
        }
    }
}
