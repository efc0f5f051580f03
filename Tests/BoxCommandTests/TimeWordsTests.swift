import BoxAPI
import Testing

@testable import BoxCommand

@Suite("What people read of the time")
struct TimeWordsTests {
    @Test(
        "How far the clock is off is told with its sign, to a tenth of a second",
        arguments: [
            ([-0.26, 0.74], "-0.3 to +0.7"), ([0, 0.04], "+0.0 to +0.0"), ([-3600.04, -3599], "-3600.0 to -3599.0"),
        ])
    func behind(seconds: [Double], words: String) {
        let report = TimeReport(
            trust: .confirmed, now: 1_790_000_000, earliest: 1_780_000_000, latest: 2_000_000_000,
            checkedSecondsAgo: 5, behind: seconds, agreeing: [], dissenting: [], failures: [], notice: nil)
        #expect(report.words.contains("0 relays agreed 5 s ago, on a time \(words) s from the clock's of now"))
    }
}
