import Testing

@testable import BoxLab

extension Live {
    @Suite("The box at work", .serialized, .lab)
    struct CheckTests {
        @Test("What a client does ends as promised, and only what may leaves", arguments: Check.all)
        func holds(check: Check) async throws {
            let lab = try await Lab.up(checkout: Checkout(), log: StepLog(quiet: true), patience: .seconds(60))
            _ = try await check.run(in: Scene(lab))
        }

        @Test("With the box's rules away the same packets are seen on the uplink")
        func controls() async throws {
            let lab = try await Lab.up(
                mode: .naked, checkout: Checkout(), log: StepLog(quiet: true), patience: .seconds(60))
            try await NakedControl.run(in: Scene(lab)).requireAllSeen()
        }
    }
}
