import BoxAPI
import Testing

@testable import BoxCommand

@Suite("What people read of the updates")
struct UpdateWordsTests {
    @Test("A machine that was never looked after, one in the middle, and one that needs a restart")
    func words() {
        #expect(
            UpdatesReport(checked: nil, pending: [], running: nil, failure: nil, restartFor: []).words
                == "no look has succeeded yet")
        let report = UpdatesReport(
            checked: 1_795_350_896,
            pending: [
                .init(name: "tor", installed: "1", available: "2"), .init(name: "x", installed: nil, available: "3"),
            ], running: .init(.installing, percent: 40), failure: .init(time: 1_795_350_900, reason: "no way"),
            restartFor: ["vmlinuz-2", "libc.so.6"])
        #expect(
            report.words == """
                last look that succeeded: 2026-11-22 12:34:56 UTC
                now: installing, 40 %
                failed at 2026-11-22 12:35:00 UTC: no way
                not installed yet:
                  tor 1 -> 2
                  x 3
                to be in use, needs a restart (`torbox restart`): vmlinuz-2, libc.so.6
                """)
    }
}
