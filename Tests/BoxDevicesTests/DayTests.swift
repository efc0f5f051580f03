import BoxDevices
import Testing

@Suite("A day")
struct DayTests {
    @Test(
        "The clock's seconds and the written day say the same",
        arguments: [
            (0, "1970-01-01"), (86_399, "1970-01-01"), (951_782_400, "2000-02-29"), (1_795_305_600, "2026-11-22"),
            (4_107_542_399, "2100-02-28"), (4_107_542_400, "2100-03-01"), (-5, "1970-01-01"),
        ])
    func converts(seconds: Int, text: String) {
        #expect(Day(secondsSince1970: seconds).description == text)
        #expect(Day(text) == Day(secondsSince1970: seconds))
    }

    @Test("Days of four centuries are read back as they are written")
    func roundTrips() {
        for number in stride(from: 0, to: 150_000, by: 11) {
            let day = Day(secondsSince1970: number * 86_400)
            #expect(Day(day.description) == day)
        }
    }

    @Test(
        "What is no day is not read",
        arguments: [
            "", "2026-11-31", "2026-02-29", "2026-13-01", "2026-00-10", "26-1-1", "1969-12-31", "2026-11-22 ",
            "+026-11-22", "２０２６-11-22", "2026/11/22", "10000-01-01",
        ])
    func refuses(text: String) {
        #expect(Day(text) == nil)
    }
}
