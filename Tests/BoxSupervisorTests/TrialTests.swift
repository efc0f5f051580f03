import BoxSupervisor
import Testing

@Suite("Settings on trial")
struct TrialTests {
    /// What is decided first, and when, by looks every half second at a tor that answers from one time until another.
    private func decision(
        answers: [ClosedRange<Int>], failures: [Int: String] = [:]
    ) -> (verdict: Trial.Verdict, seconds: Double)? {
        var trial = Trial()
        for half in 0...400 {
            let second = half / 2
            let verdict = trial.look(
                torAnswers: answers.contains { $0.contains(second) }, failure: failures[second],
                at: .milliseconds(500 * half))
            if let verdict { return (verdict, Double(half) / 2) }
        }
        return nil
    }

    @Test(
        "They stay as soon as tor has answered for three seconds without a break",
        arguments: [([0...300], 3), ([20...300], 23), ([2...3, 10...300], 13), ([58...300], 61)]
            as [([ClosedRange<Int>], Double)])
    func keeps(answers: [ClosedRange<Int>], decided: Double) throws {
        let (verdict, seconds) = try #require(decision(answers: answers))
        #expect(verdict == .keep && seconds == decided)
    }

    @Test("They are taken back where tor does not answer within a minute, or only for a moment each time")
    func takesBack() throws {
        let dead = try #require(decision(answers: []))
        #expect(dead.verdict == .takeBack("tor did not answer within 60 s") && dead.seconds == 60)
        let flickering = try #require(decision(answers: stride(from: 0, to: 200, by: 5).map { $0...$0 + 1 }))
        #expect(flickering.seconds == 62 || flickering.seconds == 60)
        guard case .takeBack = flickering.verdict else {
            Issue.record("kept with a tor that comes and goes")
            return
        }
    }

    @Test("The reason is what tor said last")
    func reason() throws {
        let (verdict, _) = try #require(decision(answers: [], failures: [3: "first", 30: "last"]))
        #expect(verdict == .takeBack("last"))
    }
}
