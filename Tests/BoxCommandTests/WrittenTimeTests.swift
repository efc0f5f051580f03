import BoxModel
import Testing

@Suite("A time as a person writes it")
struct WrittenTimeTests {
    @Test(
        "is in UTC, unless it says otherwise",
        arguments: [
            ("2026-11-22 12:34", 1_795_350_840), ("2026-11-22 12:34:56", 1_795_350_896),
            ("2026-11-22T12:34:56Z", 1_795_350_896), ("2026-11-22 13:34 +01:00", 1_795_350_840),
            ("2026-11-22 13:34+01:00", 1_795_350_840), ("2026-11-22 07:04 -05:30", 1_795_350_840),
            ("2028-02-29 00:00", 1_835_395_200),
        ])
    func reads(text: String, seconds: Int64) {
        #expect(WrittenTime(text)?.seconds == seconds)
    }

    @Test(
        "is refused where it is none",
        arguments: [
            "", "now", "12:34", "2026-11-22", "2026-02-30 12:34", "2026-13-01 12:34", "2026-11-22 24:01",
            "2026-11-22 12:60", "2026-11-22 12:34 CET", "2026-11-22 12:34 +0100", "2026-11-22 12:34 +01:60",
            "22.11.2026 12:34", "2026-11-22 12:34 +01:00 x", "2026-11-22 12.34",
        ])
    func refuses(text: String) {
        #expect(WrittenTime(text) == nil)
    }

    @Test("is printed as it is read")
    func prints() {
        #expect(WrittenTime.words(1_795_350_896) == "2026-11-22 12:34:56 UTC")
    }
}
