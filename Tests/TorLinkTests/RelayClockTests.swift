import Glibc
import HostSystem
import NetAddress
import Testing
import TorLink

@Suite("A relay as a clock, with real programs on loopback")
struct RelayClockTests {
    @Test("A real tor tells the time, over both families, by either pin; whoever is pinned otherwise is refused")
    func readsTor() async throws {
        try await Loopback.with { loopback in
            try await loopback.withTor { v4, v6, pin in
                for endpoint in [v4, v6] {
                    for pin in [pin, RelayPin(pin.fingerprint)] {
                        let reading = try await RelayClock(endpoint, pin).reading()
                        #expect(reading.relay.fingerprint == pin.fingerprint)
                        #expect(reading.endpoint == endpoint)
                        expectTrue(reading)
                    }
                }
                for stranger in [Sample.pin, RelayPin(pin.fingerprint, ed25519: Sample.pin.ed25519)] {
                    let error = try await RelayClock(v4, stranger).refusal()
                    #expect(error?.kind == .wrongIdentity)
                    #expect(error?.message.hasPrefix("\(v4): ") == true)
                }
            }
        }
    }

    @Test("A man in the middle who passes on all cells is found out; one who passes on the packets is harmless")
    func findsTheManInTheMiddle() async throws {
        try await Loopback.with { loopback in
            _ = try await loopback.makeTLSCertificate("middle")
            try await loopback.withTor { tor, _, pin in
                let (middle, wire) = (Loopback.freeEndpoint(), Loopback.freeEndpoint())
                let cells = Command(
                    "socat",
                    [
                        "OPENSSL-LISTEN:\(middle.port),bind=127.0.0.1,fork,verify=0,cert=\(loopback.folder)/middle.pem",
                        "OPENSSL:\(tor),verify=0",
                    ])
                let packets = Command(
                    "socat", ["TCP4-LISTEN:\(wire.port),bind=127.0.0.1,fork", "TCP4:\(tor)"])
                try await loopback.running([cells, packets], at: [middle, wire]) {
                    let error = try await RelayClock(middle, pin).refusal()
                    #expect(error?.kind == .notSigned)
                    #expect(error?.step == .certificates)
                    expectTrue(try await RelayClock(wire, pin).reading())
                }
            }
        }
    }

    /// Whether the truth lies where the reading says that it does.
    private func expectTrue(_ reading: LinkReading) {
        var (day, boot) = (timespec(), timespec())
        clock_gettime(CLOCK_REALTIME, &day)
        clock_gettime(CLOCK_BOOTTIME, &boot)
        func nanoseconds(_ time: timespec) -> Int64 { Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec) }
        let truth = nanoseconds(day) - nanoseconds(boot)
        let time = Int64(reading.time) * 1_000_000_000
        // The kernel slews the two clocks apart, this thread may rest between reading the one and the other, and time(2),
        // which tor asks, changes its second with the kernel's tick.
        let slack: Int64 = 50_000_000
        #expect(time - Int64(reading.answered) - slack <= truth)
        #expect(truth <= time + 1_000_000_000 - Int64(reading.asked) + slack)
        #expect(reading.asked < reading.answered)
    }
}
