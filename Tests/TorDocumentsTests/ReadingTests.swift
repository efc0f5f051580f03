import NetAddress
import Testing

@testable import TorDocuments

@Suite("Reading bytes")
struct ReadingTests {
    static let addresses = [
        "192.0.2.1", "0.0.0.0", "255.255.255.255", "256.0.0.1", "1.2.3", "1.2.3.4.5", "01.2.3.4", "1..2.3", ".1.2.3",
        "1.2.3.", "1.2.3.4 ", "1.2.3.a", "", "1", "127.1", "1.2.3.4444",
        "::", "::1", "1::", "2001:db8::1", "2001:DB8:0:0:0:0:0:1", "1:2:3:4:5:6:7:8", "1:2:3:4:5:6:7::",
        "::2:3:4:5:6:7:8",
        "1:2:3:4:5:6:7:8:9", "1:2:3:4:5:6:7", "1::2::3", ":::", ":1", "1:", "1:2:3:4:5:6:7:8:", ":1:2:3:4:5:6:7:8",
        "::192.0.2.1", "::ffff:192.0.2.1", "1:2:3:4:5:6:192.0.2.1", "1:2:3:4:5:6:7:192.0.2.1", "192.0.2.1::", "::1.2.3",
        "12345::", "::g", "[::1]", "fe80::1%1", "1:2:3:4::5:6:7:8", "::ffff:192.0.2.1:1", "1::192.0.2.1:2",
    ]

    @Test("takes for an address exactly what the C library takes for one", arguments: addresses)
    func address(text: String) {
        let bytes = Array(text.utf8)
        #expect(bytes.span.ipv4Address == IPv4Address(text))
        #expect(bytes.span.ipv6Address == IPv6Address(text))
    }

    @Test("agrees with the C library on any string of address characters")
    func randomAddresses() {
        var random = SeededGenerator(state: 84)
        let pieces = ["0", "1", "9", "25", "255", "256", "a", "ffff", ":", "::", ":", ".", ".", "0db8"]
        for _ in 0..<20_000 {
            let text = (0..<Int.random(in: 1...12, using: &random)).map { _ in pieces.randomElement(using: &random)! }
                .joined()
            let bytes = Array(text.utf8)
            #expect(bytes.span.ipv4Address == IPv4Address(text), "\(text)")
            #expect(bytes.span.ipv6Address == IPv6Address(text), "\(text)")
        }
    }

    @Test(
        "takes ports of one to five digits",
        arguments: [
            ("0", 0), ("443", 443), ("65535", 65535), ("00443", 443), ("65536", nil), ("99999", nil), ("", nil),
            ("+1", nil),
            ("1 2", 1), ("000443", nil),
        ] as [(String, UInt16?)])
    func port(text: String, port: UInt16?) {
        var start = 0
        let read = Array(text.utf8).span.port(from: &start)
        #expect(read == port)
        #expect(
            read == nil
                || start == 1
                    + (text.firstIndex(of: " ").map { text.distance(from: text.startIndex, to: $0) } ?? text.count)
        )
    }

    @Test(
        "decodes base64 of whole groups in one spelling alone",
        arguments: [
            ("", []), ("TWFu", [77, 97, 110]), ("TWE=", [77, 97]), ("TQ==", [77]), ("+/+/", [251, 255, 191]),
            ("TQ", nil), ("TWE", nil), ("T", nil), ("TWF=", nil), ("TR==", nil), ("T===", nil), ("====", nil),
            ("TQ==TQ==", nil), ("TW-u", nil),
        ] as [(String, [UInt8]?)])
    func base64(text: String, bytes: [UInt8]?) {
        var decoder = Base64Decoder()
        let taken = decoder.take(Array(text.utf8).span)
        #expect((taken && decoder.isWhole ? decoder.bytes : nil) == bytes)
    }

    @Test(
        "takes a moment for what it is",
        arguments: [
            ("1970-01-01 00:00:00", 0), ("1970-03-01 00:00:00", 5_097_600), ("2000-02-29 12:34:56", 951_827_696),
            ("2036-02-07 06:28:16", 2_085_978_496), ("2038-01-19 03:14:08", 2_147_483_648),
            ("9999-12-31 23:59:59", 253_402_300_799), ("2100-03-01 00:00:00", 4_107_542_400),
            ("2100-02-29 00:00:00", nil), ("1969-12-31 23:59:59", nil), ("2026-13-01 00:00:00", nil),
            ("2026-00-01 00:00:00", nil), ("2026-04-31 00:00:00", nil), ("2026-04-00 00:00:00", nil),
            ("2026-04-01 24:00:00", nil), ("2026-04-01 00:60:00", nil), ("2026-04-01 00:00:60", nil),
            ("2026-04-01T00:00:00", nil), ("2026-04-01 00:00:0", nil), ("2026-04-01 00:00:00Z", nil), ("", nil),
            ("２026-04-01 00:00:0", nil),
        ] as [(String, Int64?)])
    func time(text: String, seconds: Int64?) {
        #expect(UnixTime(text)?.seconds == seconds)
    }
}

/// A small generator with a fixed start, so that a failure can be repeated.
private struct SeededGenerator: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return state ^ state >> 29
    }
}
