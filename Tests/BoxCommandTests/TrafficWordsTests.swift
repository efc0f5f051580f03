import BoxAPI
import Testing

@testable import BoxCommand

@Suite("What people read of the traffic and of refusals")
struct TrafficWordsTests {
    @Test(
        "The traffic is told as it is now and as it was at most",
        arguments: [
            ([], "nothing was measured yet; ask again in a few seconds"),
            (
                [Rate(received: 9_000, sent: 1), Rate(received: 1_200, sent: 40)],
                "now 1.2 kB/s in, 40 B/s out\nat most 9.0 kB/s in, 40 B/s out, in the last 4 s"
            ),
        ] as [([Rate], String)])
    func traffic(samples: [Rate], words: String) {
        #expect(TrafficReport(samples: samples, secondsBetween: 2).words == words)
    }

    @Test("A device's refusals are told a line each, and that there are none is told too")
    func refusals() {
        let report = RefusalsReport(device: "oven", entries: [.init(kind: .ping, count: 3, lastSecondsAgo: 9)])
        #expect(report.words == "oven:\n  ping: 3 packets, the last 9 s ago")
        #expect(
            RefusalsReport(device: "oven", entries: []).words == "oven: nothing was refused in the last half hour")
    }
}
