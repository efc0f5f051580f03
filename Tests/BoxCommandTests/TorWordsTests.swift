import BoxAPI
import Testing

@testable import BoxCommand

@Suite("What people read of tor")
struct TorWordsTests {
    private static let relay = CircuitsReport.Relay(
        isBridge: false, fingerprint: "AB", nickname: "nick", country: "DE", flags: ["Exit", "Fast"])
    private static let stranger = CircuitsReport.Relay(
        isBridge: false, fingerprint: "CD", nickname: nil, country: nil, flags: [])

    @Test("Circuits are listed relay by relay, and a bridge is only called one")
    func circuits() {
        let report = CircuitsReport(
            circuits: [
                .init(
                    id: "7", purpose: .internet, ageSeconds: 5, streams: 2,
                    relays: [.bridge, Self.stranger, Self.relay]),
                .init(id: "8", purpose: .onion, ageSeconds: nil, streams: 0, relays: [Self.relay]),
            ], furtherCircuits: 3, streams: 2, guards: [.init(relay: .bridge, state: .down)])
        #expect(
            report.words == """
                connections: 2
                circuit 7 to the internet, carries 2, 5 s old
                  a bridge
                  CD ??
                  nick DE Exit Fast
                circuit 8 to an onion service
                  nick DE Exit Fast
                and 3 more circuits
                guard down: a bridge
                """)
    }

    @Test("Without a circuit it says so")
    func none() {
        let report = CircuitsReport(circuits: [], furtherCircuits: 0, streams: 0, guards: [])
        #expect(report.words == "connections: 0\nno circuit at this moment")
    }

    @Test("A new identity is done, or put off", arguments: [(0, "take other circuits"), (7, "by itself in 7 s")])
    func identity(delay: Int, words: String) {
        #expect(NewIdentityReport(delaySeconds: delay).words.contains(words))
    }

    @Test("A line of the log has its time and its weight")
    func log() {
        let line = TorLogLine(time: 1_795_391_306, severity: .warning, text: "careful")
        #expect(line.words == "2026-11-22 23:48:26 UTC warning: careful")
    }
}
