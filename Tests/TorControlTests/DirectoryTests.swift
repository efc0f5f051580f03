import NetAddress
import Testing

@testable import TorControl

struct RouterStatusTests {
    static let entries = """
        r moria1 lpXfw1/+uGEym58asExGOXAgzjE BDmH0WnIkU7xC6k1JPUa6KpX5/g 2026-11-22 10:00:00 192.0.2.1 9101 9131
        a [2001:db8::1]:9101
        s Authority Fast Guard Running Stable V2Dir Valid
        w Bandwidth=500
        r plain AAAAAAAAAAAAAAAAAAAAAAAAAAE BDmH0WnIkU7xC6k1JPUa6KpX5/g 2026-11-22 10:00:00 192.0.2.2 443 0
        s Exit NewFlag
        """

    @Test("Entries are read with identity, addresses, ports and flags")
    func list() throws {
        let routers = try RouterStatus.list(Array(Self.entries.utf8))
        #expect(routers.map(\.nickname) == ["moria1", "plain"])
        #expect(
            routers.map(\.identity.description) == [
                "9695DFC35FFEB861329B9F1AB04C46397020CE31", "0000000000000000000000000000000000000001",
            ])
        #expect(routers[0].endpoints.map(\.description) == ["192.0.2.1:9101", "[2001:db8::1]:9101"])
        #expect(routers[1].endpoints.map(\.description) == ["192.0.2.2:443"])
        #expect(routers.map(\.directoryPort) == [9131, 0])
        #expect(routers[0].flags == [.authority, .fast, .guard, .running, .stable, .v2Dir, .valid])
        #expect(routers[1].flags == [.exit])
    }

    @Test("No entries are an empty list")
    func empty() throws {
        #expect(try RouterStatus.list([]).isEmpty)
    }

    @Test(
        "A line that cannot be read fails the whole list",
        arguments: [
            "r short lpXfw1/+uGEym58asExGOXAgzjE d 2026-11-22 10:00:00 192.0.2.1 9101",
            "r x notbase64 d 2026-11-22 10:00:00 192.0.2.1 9101 0",
            "r x lpXfw1/+uGEym58asExGOXAgzj! d 2026-11-22 10:00:00 192.0.2.1 9101 0",
            "r x lpXfw1/+uGEym58asExGOXAgzjE d 2026-11-22 10:00:00 192.0.2.256 9101 0",
            "r x lpXfw1/+uGEym58asExGOXAgzjE d 2026-11-22 10:00:00 192.0.2.1 65536 0",
            "a [2001:db8::1]:1",
            "s Guard",
            "r x lpXfw1/+uGEym58asExGOXAgzjE d 2026-11-22 10:00:00 192.0.2.1 1 0\na 2001:db8::1",
        ])
    func unreadable(text: String) {
        let error = #expect(throws: ControlError.self) { try RouterStatus.list(Array(text.utf8)) }
        #expect(error?.kind == .malformed)
    }

    @Test("A list of ten thousand relays is read whole")
    func large() throws {
        let entry = Self.entries.split(separator: "\n").prefix(4).joined(separator: "\n") + "\n"
        let routers = try RouterStatus.list(Array(String(repeating: entry, count: 10_000).utf8))
        #expect(routers.count == 10_000)
        #expect(routers.allSatisfy { $0.endpoints.count == 2 && $0.flags.contains(.guard) })
    }
}

struct RelayIdentityTests {
    static let hex = "9695DFC35FFEB861329B9F1AB04C46397020CE31"

    @Test(
        "All ways of writing an identity are read as the same",
        arguments: [hex, "$" + hex, hex.lowercased(), "9695 DFC3 5FFE B861 329B 9F1A B04C 4639 7020 CE31"])
    func forms(text: String) throws {
        #expect(RelayIdentity(hex: text)?.description == Self.hex)
        #expect(RelayIdentity(hex: text) == RelayIdentity(base64: Array("lpXfw1/+uGEym58asExGOXAgzjE".utf8)))
    }

    @Test(
        "What is not 20 bytes is no identity",
        arguments: ["", "96", hex + "00", "G" + hex.dropFirst(), "é" + hex.dropFirst(2)])
    func refused(text: String) {
        #expect(RelayIdentity(hex: text) == nil)
    }
}

struct BuiltInDirectoriesTests {
    static let defaults = """
        AccountingMax "0 bytes"
        DirAuthority "moria1 orport=9201 v3ident=F533C81CEF0BC0267857C99B2F471ADF249FA232 192.0.2.1:9231 \
        1A25C6358DB91342AA51720A5038B72742732498"
        DirAuthority "tor26 orport=443 v3ident=2F3DF9CA0E5D36F2685A2DA67184EB8DCB8CBA8C ipv6=[2001:db8::1]:443 \
        192.0.2.2:80 FAA4 BCA4 A6AC 0FB4 CA2F 8AD5 A11D 9E12 2BA8 94F6"
        DirAuthority "Serge orport=9001 bridge 192.0.2.3:9030 BA44 A889 E64B 93FA A2B1 14E0 2C2A 279A 8555 C533"
        DirAuthorityFallbackRate "0.1"
        FallbackDir "192.0.2.4 orport=443 id=99F78512785F45236A35322A1643AA08DC6399B5 ipv6=[2001:db8::4]:9443"
        FallbackDir "192.0.2.5:80 orport=9100 id=43620A053D56582673F74E0325831646E117C009"
        """

    @Test("Authorities and fallbacks are read with their OR ports of both families")
    func reads() throws {
        let directories = try BuiltInDirectories(defaults: Self.defaults)
        #expect(directories.authorities.map(\.nickname) == ["moria1", "tor26"])
        #expect(
            directories.authorities.map { $0.endpoints.map(\.description) } == [
                ["192.0.2.1:9201"], ["192.0.2.2:443", "[2001:db8::1]:443"],
            ])
        #expect(
            directories.fallbacks.map { $0.endpoints.map(\.description) } == [
                ["192.0.2.4:443", "[2001:db8::4]:9443"], ["192.0.2.5:9100"],
            ])
        #expect(directories.authorities[1].identity == RelayIdentity(hex: "FAA4BCA4A6AC0FB4CA2F8AD5A11D9E122BA894F6"))
        #expect(directories.fallbacks[0].identity == RelayIdentity(hex: "99F78512785F45236A35322A1643AA08DC6399B5"))
    }

    @Test(
        "A directory that cannot be read is an error, and so are no authorities",
        arguments: [
            "", #"AccountingMax "0 bytes""#, "\(defaults)\nFallbackDir \"192.0.2.4 orport=443\"",
            "\(defaults)\nFallbackDir \"192.0.2.4 id=99F78512785F45236A35322A1643AA08DC6399B5\"",
            "\(defaults)\nFallbackDir open", "\(defaults)\nDirAuthority \"x orport=1 v3ident=00 192.0.2.1:1 00\"",
            "\(defaults)\nDirAuthority \" v3ident=\"",
        ])
    func refuses(text: String) {
        let error = #expect(throws: ControlError.self) { try BuiltInDirectories(defaults: text) }
        #expect(error?.kind == .malformed)
    }
}

struct ListenerTests {
    @Test(
        "Listeners are read as addresses and sockets",
        arguments: [
            ("", []),
            (
                #""127.0.0.1:9050" "[::1]:9050""#,
                [.endpoint(Endpoint("127.0.0.1:9050")!), .endpoint(Endpoint("[::1]:9050")!)]
            ),
            (#""unix:/run/a \"b\"""#, [.unixSocket(path: #"/run/a "b""#)]),
            ("127.0.0.1:9050", nil),
            (#""localhost:9050""#, nil),
        ] as [(String, [Listener]?)])
    func list(text: String, expected: [Listener]?) {
        #expect(Listener.list(text) == expected)
    }
}
