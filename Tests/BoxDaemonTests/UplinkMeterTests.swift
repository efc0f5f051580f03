import BoxAPI
import HostSystem
import Testing

@testable import BoxDaemon

@Suite("What the uplinks carry")
struct UplinkMeterTests {
    private typealias Counters = NetworkInterface.Counters
    private let start = ContinuousClock.now

    private func meter(_ looks: [(seconds: Double, counters: [String: Counters])]) -> UplinkMeter {
        var meter = UplinkMeter()
        for look in looks { meter.look(look.counters, at: start + .seconds(look.seconds)) }
        return meter
    }

    @Test("It is measured between two looks, however long that was, over all uplinks")
    func measures() {
        let meter = meter([
            (0, ["wan0": Counters(received: 1_000, sent: 50)]),
            (2, ["wan0": Counters(received: 5_000, sent: 250), "wan1": Counters(received: 999, sent: 999)]),
            (6, ["wan0": Counters(received: 5_000, sent: 650), "wan1": Counters(received: 1_399, sent: 999)]),
        ])
        #expect(meter.samples == [Rate(received: 2_000, sent: 100), Rate(received: 100, sent: 100)])
    }

    @Test("A sum that wraps goes on; one that begins anew counts as nothing, and so does an uplink that left")
    func wraps() {
        let meter = meter([
            (0, ["wan0": Counters(received: .max - 99, sent: 4_000_000)]),
            (1, ["wan0": Counters(received: 100, sent: 10)]),
            (2, [:]),
            (3, ["wan0": Counters(received: 7_000, sent: 7_000)]),
        ])
        #expect(
            meter.samples == [Rate(received: 200, sent: 0)] + Array(repeating: Rate(received: 0, sent: 0), count: 2))
    }

    @Test("The last sixty are kept, the oldest first")
    func bounded() {
        let looks = (UInt32(0)...100).map { number in
            (seconds: Double(number), counters: ["wan0": Counters(received: number * (number + 1) / 2)])
        }
        #expect(meter(looks).samples.map(\.received) == Array(41...100))
    }

    @Test("Two looks at one moment are one")
    func sameMoment() {
        #expect(meter([(0, ["wan0": Counters()]), (0, ["wan0": Counters(received: 5)])]).samples.isEmpty)
    }
}
