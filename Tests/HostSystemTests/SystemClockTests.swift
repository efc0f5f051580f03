import HostSystem
import Testing

@Suite("The machine's clocks")
struct SystemClockTests {
    @Test("are read together, and go forward")
    func reads() throws {
        let first = try SystemClock.read()
        let second = try SystemClock.read()
        #expect(first.sinceStart > 0 && second.sinceStart > first.sinceStart)
        #expect(first.timeOfDay > first.sinceStart)
    }

    @Test("cannot be set to what is no time", arguments: [Int64.min, .max, -9_000_000_000_000_000_000])
    func refuses(offset: Int64) {
        let error = #expect(throws: HostError.self) { try SystemClock.set(offset: offset) }
        #expect(error?.kind == .clock)
    }

    @Test("belong to a boot that has a name")
    func namesTheBoot() throws {
        #expect(try SystemClock.bootID().count == 36)
    }
}
