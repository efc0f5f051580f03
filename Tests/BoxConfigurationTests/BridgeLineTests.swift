import BoxModel
import Testing

@Suite("Reading a bridge line")
struct BridgeLineTests {
    private static let digits = String(repeating: "C", count: 40)
    private static let certificate = String(repeating: "aZ09+/7", count: 10)

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
        ])
    func read(line: String, torrc: String) throws {
        #expect(try BridgeLine(line).revealed == torrc)
    }

    @Test(
        "Anything else is refused as a whole, with its reason",
        arguments: [
            ("", BridgeLineError.Kind.empty), ("  Bridge ", .empty), (String(repeating: "a", count: 501), .tooLong),
            ("192.0.2.3:443 \(digits)\nSocksPort 9050", .character), ("192.0.2.3:443 \(digits)\r", .character),
            ("192.0.2.3:443 \(digits) # mine", .character), ("\"192.0.2.3:443 \(digits)\"", .character),
            ("192.0.2.3:443 \(digits)\\", .character), ("192.0.2.3:443\u{a0}\(digits)", .character),
            ("192.0.2.3:443 \(digits)\0", .character), ("192.0.2.3:443 \u{661}", .character),
            ("snowflake 192.0.2.3:80 \(digits) fingerprint=\(digits)", .snowflake),
            ("Bridge Snowflake 192.0.2.3:80", .snowflake), ("webtunnel [2001:db8::3]:443 \(digits)", .transport),
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

    @Test("Printing it shows nothing of it")
    func redacted() throws {
        let bridge = try BridgeLine("192.0.2.3:443 \(Self.digits)")
        var dumped = ""
        dump(bridge, to: &dumped)
        let printed = "\(bridge) \(String(reflecting: [bridge])) \(dumped)"
        #expect(!printed.contains("192.0.2.3") && !printed.contains("CCC"), "\(printed)")
    }
}
