import BoxAPI

/// What torboxd may tell of a tor at most: as many circuits, guards and lines as there can be, of the longest.
enum SampleTor {
    static let circuits = CircuitsReport(
        circuits: (0..<CircuitsReport.mostCircuits).map { number in
            .init(
                id: "\(1000 + number)", purpose: number == 3 ? .onion : .internet, ageSeconds: 3_600 * number,
                streams: number < 2 ? 4 : 0,
                relays: [relay(number % 2, "DE"), relay(10 + number, "US"), relay(20 + number, "KN"), relay(40, nil)])
        },
        furtherCircuits: 7, streams: 8,
        guards: CircuitsReport.Guard.State.allCases.enumerated().map { .init(relay: relay($0, "DE"), state: $1) }
            + [.init(relay: .bridge, state: .up)])

    static let log = (0..<100).map { number in
        TorLogLine(
            time: 1_795_391_306 + Int64(number), severity: number == 99 ? .warning : .notice,
            text: "Line \(number) <b>\(String(repeating: " of tor's own words", count: 11))")
    }

    static func relay(_ number: Int, _ country: String?) -> CircuitsReport.Relay {
        .init(
            isBridge: false, fingerprint: String(repeating: "AB", count: 20),
            nickname: "nickname00000000\(100 + number)",
            country: country,
            flags: ["Exit", "Fast", "Guard", "HSDir", "Running", "Stable", "V2Dir", "Valid"])
    }
}
