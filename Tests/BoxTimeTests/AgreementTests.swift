import Testing

@testable import BoxTime

@Suite("What relays agree on")
struct AgreementTests {
    @Test("A lying minority cannot move the clock", arguments: 1...4, [-315_360_000, -3_600, 5, 3_600, 315_360_000])
    func minority(liars: Int, lie: Int64) throws {
        let readings = (0..<9).map { Relays.reading($0, off: $0 < liars ? lie : 0) }
        let agreement = try #require(Agreement.reached(by: readings))
        #expect(agreement.middle / second == Relays.truth)
        #expect(agreement.agreeing.count == 9 - liars || abs(lie) <= 7)
        if abs(lie) > 7 { #expect(Set(agreement.dissenting) == Set(readings[..<liars])) }
    }

    @Test("Half of the relays are no quorum", arguments: [2, 4, 6, 8])
    func half(count: Int) {
        let readings = (0..<count).map { Relays.reading($0, off: $0 < count / 2 ? 3_600 : 0) }
        #expect(Agreement.reached(by: readings) == nil)
    }

    @Test("Fewer than three relays are no quorum", arguments: 0...2)
    func few(count: Int) {
        #expect(Agreement.reached(by: (0..<count).map { Relays.reading($0) }) == nil)
    }

    @Test("Who is still silent counts against", arguments: 0...4)
    func silent(count: Int) {
        #expect((Agreement.reached(by: (0..<3).map { Relays.reading($0) }, silent: count) != nil) == (count < 3))
    }

    @Test("Honest clocks that differ a little agree, and the most of them decide", arguments: [1, 2, 3])
    func scattered(error: Int64) throws {
        let readings = (0..<7).map { Relays.reading($0, off: $0 < 2 ? error : 0) }
        let agreement = try #require(Agreement.reached(by: readings))
        #expect(agreement.dissenting.isEmpty)
        #expect(agreement.interval.lowerBound >= Relays.truth * second)
        #expect(agreement.interval.upperBound <= (Relays.truth + 1) * second)
    }

    @Test("Readings of different moments within the second narrow the interval")
    func narrows() throws {
        let early = Relays.reading(0)
        let readings = (0..<4).map { number in
            let shift = Int64(number) * second / 5
            let reading = Relays.reading(number)
            return TimeReading(
                relay: reading.relay, endpoint: reading.endpoint,
                offset: early.offset.lowerBound + shift...early.offset.upperBound + shift, taken: 0)
        }
        let agreement = try #require(Agreement.reached(by: readings))
        #expect(agreement.interval.upperBound - agreement.interval.lowerBound == 2 * second / 5)
    }

    @Test("A relay counts once, with its newest word")
    func identities() {
        let readings = (0..<3).map { Relays.reading(1, off: Int64($0), taken: Int64($0)) }
        #expect(TimeReading.distinct(readings, networks: false) == [readings[2]])
    }

    @Test("A network counts once, unless all relays are one's own", arguments: [true, false])
    func networks(distinct: Bool) {
        let readings = (0..<3).map { Relays.reading($0, site: 5, taken: Int64($0)) }
        #expect(TimeReading.distinct(readings, networks: distinct).count == (distinct ? 1 : 3))
    }

    @Test("An answer that takes long, or comes before its question, says nothing")
    func unusable() {
        func reading(_ asked: UInt64, _ answered: UInt64) -> TimeReading? {
            let source = Relays.source(1)
            return TimeReading(
                time: 1_800_000_000, asked: asked, answered: answered, relay: source.relay,
                endpoint: source.endpoints[0])
        }
        #expect(reading(0, UInt64(10 * second)) != nil)
        #expect(reading(0, UInt64(10 * second) + 1) == nil)
        #expect(reading(2, 1) == nil)
        #expect(reading(.max - 1, .max) == nil)
    }
}
