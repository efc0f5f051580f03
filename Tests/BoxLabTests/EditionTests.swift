import Testing

@testable import BoxLab

struct EditionTests {
    private static let voted = """
        network-status-version 3 microdesc
        valid-after 2026-03-01 12:00:00
        fresh-until 2026-03-01 13:00:00
        valid-until 2026-03-04 12:00:00
        r guard1 AAAA 2038-01-01 00:00:00 198.51.100.21 9001 0
        a [2001:db8:51::21]:9001
        s Fast Guard Running Valid
        r exit1 BBBB 2038-01-01 00:00:00 198.51.100.31 9001 0
        s Exit Fast Running Valid
        directory-footer
        bandwidth-weights Wbd=0
        directory-signature sha256 AAAA BBBB
        -----BEGIN SIGNATURE-----

        """

    private static let exit = TorNode(role: .exit, number: 1)
    private static let guardRelay = TorNode(role: .guard, number: 1)

    private func text(_ edition: Edition) -> String {
        // 2026-03-01 16:00:00 UTC, and 21 hours later.
        edition.text(from: Self.voted, validAfter: 1_772_380_800, validUntil: 1_772_456_400)
    }

    @Test("An edition without changes differs from the vote in its dates alone, and ends where signatures begin")
    func unchanged() {
        let dates = [("01 12:00:00", "01 16:00:00"), ("01 13:00:00", "01 17:00:00"), ("04 12:00:00", "02 13:00:00")]
        let expected = dates.reduce(Self.voted) { $0.replacing($1.0, with: $1.1) }.split(separator: "sha256")[0]
        #expect(text(Edition()) == expected)
    }

    @Test("The flag Guard is for those named, and for nobody else")
    func guards() {
        let lines = text(Edition(guards: [Self.exit])).split(separator: "\n")
        #expect(lines.contains("s Exit Fast Guard Running Valid"))
        #expect(lines.contains("s Fast Running Valid"))
    }

    @Test("A relay that is said to have a directory port has one, and nobody else")
    func directories() {
        let lines = text(Edition(directories: [Self.exit])).split(separator: "\n").filter { $0.hasPrefix("r ") }
        #expect(lines.map { $0.hasSuffix(" 9001 9030") } == [false, true])
    }

    @Test("A relay that is absent leaves no line behind")
    func absent() {
        let lines = text(Edition(without: [Self.guardRelay])).split(separator: "\n")
        #expect(!lines.contains { $0.contains("guard1") || $0.contains("::21") || $0 == "s Fast Guard Running Valid" })
        #expect(lines.contains("s Exit Fast Running Valid") && lines.contains("bandwidth-weights Wbd=0"))
    }

    @Test("Relays that nobody runs stand at the end, each with a guard's flags and addresses of its own")
    func invented() throws {
        let text = text(Edition(invented: 65_535..<65_537))
        let entries = text.split(separator: "directory-footer")[0].split(separator: "\nr ").suffix(2)
        #expect(entries.map { $0.prefix { $0 != " " } } == ["invented65535", "invented65536"])
        #expect(entries.allSatisfy { $0.contains("s Fast Guard Running Stable V2Dir Valid") })
        let relay = InventedRelay(number: 65_536)
        #expect("\(relay.ipv4) \(relay.ipv6)" == "198.19.0.0:9001 [2001:2::1:0]:9001")
        #expect(entries.last?.contains("////AQAAAAAAAAAAAAAAAAAAAAA 2038-01-01 00:00:00 198.19.0.0 9001 0\n") == true)
    }

    @Test("A consensus tells when it began to be valid, as it was written")
    func dates() {
        #expect(Consensus(text(Edition())).validAfter == 1_772_380_800)
        #expect(Consensus("valid-after soon").validAfter == nil)
    }
}
