import NetAddress
import TorDocuments
import TorLink

@testable import BoxTime

/// Relays that were never there, and what they say.
enum Relays {
    static let truth: Int64 = 1_800_000_000
    static let release: Int64 = 1_795_305_600

    /// Each with its own identity in its own network of 16 bits.
    static func source(_ number: Int, from origin: ClockSource.Origin = .fallback, site: Int? = nil) -> ClockSource {
        let site = site ?? number
        let digits = String(number, radix: 16)
        return ClockSource(
            Fingerprint(hexadecimal: String(repeating: "0", count: 40 - digits.count) + digits)!,
            [
                Endpoint("\(11 + site / 250).\(site % 250).0.\(number % 250 + 1):443")!,
                Endpoint("[2001:\(String(site + 1, radix: 16))::\(digits)]:443")!,
            ],
            from: origin)
    }

    static func sources(_ count: Int, from origin: ClockSource.Origin = .fallback) -> [ClockSource] {
        (0..<count).map { source($0, from: origin) }
    }

    /// What a relay says whose clock is wrong by so many seconds, to who asked at a moment.
    static func reading(_ number: Int, off error: Int64 = 0, site: Int? = nil, taken: Int64 = 0) -> TimeReading {
        let source = source(number, site: site)
        return TimeReading(
            relay: source.relay, endpoint: source.endpoints[0],
            offset: (truth + error) * second...(truth + error + 1) * second, taken: taken)
    }
}

/// A machine that was started some time ago, whose clock is wrong by so many seconds.
struct Machine {
    var sinceStart: Int64 = 100 * second
    /// The true time when the machine was started, in nanoseconds.
    var start = Relays.truth * second
    var error: Int64

    init(off error: Int64) {
        self.error = error * second
    }

    var now: Moment { Moment(sinceStart: sinceStart, timeOfDay: start + sinceStart + error) }
    var truth: Int64 { (start + sinceStart) / second }

    /// The line of a relay that answers within a tenth of a second.
    func answer(of relay: RelayClock, off error: Int64 = 0) -> ClockLine {
        ClockLine(
            endpoint: relay.endpoint, relay: relay.pin.fingerprint,
            outcome: .time(
                UInt32(truth + error), asked: UInt64(sinceStart - second / 10), answered: UInt64(sinceStart)))
    }

    func silence(of relay: RelayClock) -> ClockLine {
        ClockLine(
            endpoint: relay.endpoint, relay: relay.pin.fingerprint,
            outcome: .failure(.unreachable, reason: "\(relay.endpoint): no route"))
    }
}

/// The same lots every time (SplitMix64).
struct Lots: RandomNumberGenerator, Sendable {
    var state: UInt64 = 7

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var value = state
        value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
        value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
        return value ^ (value >> 31)
    }
}
