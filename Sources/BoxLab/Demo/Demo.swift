import Glibc

/// The lab shown to a person: the box at work on real traffic, a line for each thing that a client does.
public struct Demo: Sendable {
    private let checkout: Checkout
    private let log: StepLog
    private var frames = 0

    public init(checkout: Checkout, log: StepLog = StepLog()) {
        self.checkout = checkout
        self.log = log
    }

    /// Runs all checks and the control.
    ///
    /// - Parameter staysUp: leave the box running at the end, for a person who wants to look around.
    /// - Throws: ``LabError`` with the first promise that did not hold; the lab is as it was then.
    public mutating func run(staysUp: Bool) async throws {
        try await Lab.down()
        let figures = try await firstPage()
        print(figures)
        // Ended with this function; whatever it meets, a browser sees.
        async let _: Void = LabDoor.open()
        print("\n\(LabDoor.invitation)\n")
        // Through a pipe it would else come at the end.
        fflush(nil)

        let table = DemoTable(columns: ["client1 …", "what happened", "what the uplink saw"], widths: [44, 50, 40])
        print(table.head)
        for check in Check.all {
            log(check.title)
            let scene = try await Scene(Lab.running(checkout: checkout))
            let outcome = try await check.run(in: scene)
            frames += outcome.seen.report.frames
            print(table.row(["✓ " + outcome.title, outcome.happened, outcome.seen.report.summary]))
        }
        log("the control: the same packets with the box's rules away")
        let control = try await control()
        print(table.row(["  the same packets, the box's rules away", "they leave", control]))
        print("\n\(frames) frames left the uplink while the box was there; 0 were not allowed.\n")
        if staysUp { _ = try await Lab.up(mode: .box, checkout: checkout, log: log) }
    }

    /// Brings the lab up from nothing or its snapshot and opens the first page through Tor.
    private func firstPage() async throws -> StartFigures {
        let log = StepLog()
        let lab = try await Lab.up(mode: .box, checkout: checkout, log: log)
        try await Scene.opensAPage()
        log("the first page")
        return try StartFigures.noting(log.elapsed, fromSnapshot: lab.record.isFromSnapshot)
    }

    private func control() async throws -> String {
        let lab = try await Lab.up(mode: .naked, checkout: checkout, log: log)
        let control = try await NakedControl.run(in: Scene(lab))
        try control.requireAllSeen()
        return "\(control.seen.count) of \(control.sent.count) kinds in clear"
    }
}

extension CaptureReport {
    /// What left, in a few words: `57 frames: 51 TCP to a door, 6 ARP`.
    fileprivate var summary: String {
        let kinds = Verdict.Kind.allCases.compactMap { kind in allowed[kind].map { "\($0) \(kind.rawValue)" } }
        return frames == 0 ? "nothing" : "\(kinds.joined(separator: ", "))"
    }
}
