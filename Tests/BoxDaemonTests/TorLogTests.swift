import BoxAPI
import BoxModel
import Testing

@testable import BoxDaemon
@testable import TorControl

@Suite("tor's notices")
struct TorLogTests {
    private static let fingerprint = "0123456789ABCDEF0123456789abcdef01234567"
    private static let key = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8"
    private static let onion = String(repeating: "abcdefg2", count: 7)
    private static let certificate = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8gISIjJCUmJygpKissLS4vMDEyMw"

    @Test(
        "What names a bridge or a destination is taken out",
        arguments: [
            ("host \(fingerprint) at 192.0.2.3:443)", "host [scrubbed] at [scrubbed])"),
            ("connecting to 192.0.2.3", "connecting to [scrubbed]"),
            ("at [2001:db8::3]:443 now", "at [scrubbed] now"), ("at 2001:db8::3.", "at [scrubbed]"),
            ("at ::1 and 2001:db8:1:2:3:4:5:6", "at [scrubbed] and [scrubbed]"),
            (
                "new bridge descriptor 'myBridge' (fresh): $\(fingerprint)~myBridge [\(key)] at 192.0.2.3 and [2001:db8::3]",
                "new bridge descriptor '[scrubbed]' (fresh): [scrubbed] [[scrubbed]] at [scrubbed] and [scrubbed]"
            ),
            ("Your Guard myBridge ($\(fingerprint)) is failing", "Your Guard [scrubbed] ([scrubbed]) is failing"),
            ("Bridge at obfs4 cert=\(certificate)", "Bridge at obfs4 cert=[scrubbed]"),
            ("key 0123 4567 89AB CDEF 0123 4567 89AB CDEF 0123 4567.", "key [scrubbed]."),
            ("to \(onion).onion:80", "to [scrubbed]:80"),
            ("two\nlines\r\nof 192.0.2.3", "two lines of [scrubbed]"),
        ])
    func masked(line: String, shown: String) {
        #expect(LogMask(bridges: []).masked(line) == shown)
    }

    @Test(
        "What a person needs stays",
        arguments: [
            "Bootstrapped 100% (done): Done", "Tor 0.4.9.11 opening new log file.", "Read 3 files in 12:34:56 of time",
            "Your clock is 2 hours behind; it is 2026-11-22 12:34:56 UTC", "Tor can't help you if you use it wrong!",
            "Rate limiting NEWNYM request: delaying by 7 second(s)", "DisableNetwork is set.", "", "[scrubbed]",
        ])
    func kept(line: String) {
        #expect(LogMask(bridges: []).masked(line) == line)
    }

    @Test("A line in which something of a configured bridge were left is left out whole")
    func configured() throws {
        let bridge = try BridgeLine("obfs4 192.0.2.3:443 \(Self.fingerprint) cert=\(Self.certificate) iat-mode=0")
        let mask = LogMask(bridges: [bridge])
        // Inside a word, where no pattern finds it.
        #expect(mask.masked("x0192.0.2.3") == "[scrubbed]")
        #expect(mask.masked("x0192.0.2.4") == "x0192.0.2.4")
    }

    @Test("The last hundred are kept, in order, none longer than a page can bear")
    func length() async throws {
        let log = TorLog(bridges: [])
        #expect(await log.lines.isEmpty)
        for number in 1...250 {
            let text = "WARN \(number)" + String(repeating: " x", count: number)
            guard case .log(let event) = ControlEvent(Reply(code: 650, lines: [.init(text: text)])) else {
                Issue.record("not a log line")
                return
            }
            await log.add(event, at: Int64(number))
        }
        let lines = await log.lines
        #expect(lines.map(\.time) == Array(151...250))
        #expect(lines.allSatisfy { $0.text.count <= TorLogLine.longestText && $0.severity == .warning })
        #expect(lines[0].text.hasPrefix("151 x"))
    }

    @Test("A new identity waits for the ten seconds that tor keeps, and wishes in between are one")
    func pace() {
        var pace = IdentityPace()
        let start = ContinuousClock.now
        let delays = [0, 3, 4, 10, 11, 20, 35, 60].map { pace.delay(at: start + .seconds($0)) }
        #expect(delays == [0, 7, 6, 10, 9, 10, 5, 0].map { .seconds($0) })
    }
}
