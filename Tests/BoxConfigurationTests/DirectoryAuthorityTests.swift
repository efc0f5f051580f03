import Testing

@testable import BoxConfiguration

@Suite("Reading a directory authority")
struct DirectoryAuthorityTests {
    private static let a = String(repeating: "A", count: 40)
    private static let b = String(repeating: "B", count: 40)

    @Test(
        "A line with a part missing, malformed, repeated or unknown is refused",
        arguments: [
            "", "auth1", "orport=7000 v3ident=\(a) 198.51.100.1:7100 \(b)",
            "auth1 v3ident=\(a) 198.51.100.1:7100 \(b)", "auth1 orport=7000 198.51.100.1:7100 \(b)",
            "auth1 orport=7000 v3ident=\(a) 198.51.100.1 \(b)", "auth1 orport=7000 v3ident=\(a) 198.51.100.1:7100",
            "auth1 orport=0 v3ident=\(a) 198.51.100.1:7100 \(b)", "auth1 orport=7000 v3ident=\(a) 198.51.100.1:0 \(b)",
            "auth1 orport=7000 v3ident=\(a)A 198.51.100.1:7100 \(b)",
            "auth1 orport=7000 v3ident=\(a) 198.51.100.1:7100 \(b)B",
            "auth1 orport=7000 v3ident=\(a) [2001:db8::1]:7100 \(b)",
            "auth1 orport=7000 v3ident=\(a) ipv6=198.51.100.1:7000 198.51.100.1:7100 \(b)",
            "auth1 orport=7000 orport=7001 v3ident=\(a) 198.51.100.1:7100 \(b)",
            "auth1 orport=7000 weight=9 v3ident=\(a) 198.51.100.1:7100 \(b)",
            "auth1 bridge orport=7000 v3ident=\(a) 198.51.100.1:7100 \(b)",
            "auth-1 orport=7000 v3ident=\(a) 198.51.100.1:7100 \(b)",
            "auth1 orport=7000 v3ident=\(a) 198.51.100.1:7100 \(b)\nSocksPort 9050",
        ])
    func refused(line: String) {
        #expect(DirectoryAuthority(torrc: line) == nil)
    }
}
