import NetAddress
import Testing

@testable import TorControl

@Suite("Which way tor takes")
struct PathTests {
    private static let identity = String(repeating: "0F", count: 20)

    @Test("A circuit tells when it was begun")
    func created() throws {
        let line = "4 BUILT $\(Self.identity)~nick PURPOSE=GENERAL TIME_CREATED=2026-11-22T12:34:56.123456"
        let circuit = try #require(CircuitEvent(Words(line)))
        #expect(circuit.created == "2026-11-22T12:34:56.123456")
        #expect(CircuitEvent(Words("4 LAUNCHED"))?.created == nil)
    }

    @Test(
        "A guard is read with its status",
        arguments: [
            ("~nick up", EntryGuard.Status.up), (" never-connected", .neverConnected),
            ("=nick down 2026-11-22 12:34:56", .down), ("~nick unusable 2026-11-22 12:34:56", .unusable),
            ("~nick unlisted", .unlisted), ("~nick dancing", .unknown),
        ])
    func entryGuard(rest: String, status: EntryGuard.Status) throws {
        let entry = try #require(EntryGuard(Words("$\(Self.identity)\(rest)")))
        #expect(entry.identity.description == Self.identity && entry.status == status)
    }

    @Test("What is no guard is none", arguments: ["", "up", "$0F up", "$\(identity)"])
    func noGuard(line: String) {
        #expect(EntryGuard(Words(line)) == nil)
    }

    private static let entry = """
        r relay1 AAECAwQFBgcICQoLDA0ODxAREhM AAECAwQFBgcICQoLDA0ODxAREhM 2038-01-01 00:00:00 192.0.2.1 9001 0
        a [2001:db8::1]:9001
        s Exit Fast Guard Running Stable Valid
        w Bandwidth=1000
        """

    @Test("A relay is read with its nickname, its address and its flags")
    func relay() throws {
        let relay = try #require(RelayStatus(Self.entry))
        #expect(relay.nickname == "relay1" && relay.address == IPv4Address("192.0.2.1"))
        #expect(relay.flags == ["Exit", "Fast", "Guard", "Running", "Stable", "Valid"])
        #expect(RelayStatus(Self.entry.replacing(/s Exit.*Valid/, with: "s"))?.flags == [])
    }

    @Test(
        "A relay without one of them is none",
        arguments: [
            ("r relay1", "r <b>"), ("192.0.2.1", "192.0.2.256"), ("\ns ", "\nt "), ("r relay1", "x relay1"),
            ("relay1", "abcdefghijklmnopqrst"), (" 9001 0", ""),
        ])
    func noRelay(part: String, instead: String) {
        #expect(RelayStatus(Self.entry.replacing(part, with: instead)) == nil)
    }
}
