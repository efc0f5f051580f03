import Testing

@testable import BoxLab

struct LabConsensusTests {
    /// A consensus of the year 2026 as the authorities write it, shortened to the lines that matter.
    private static func document(flags: (TorNode) -> String) -> String {
        let head = ["valid-after 2026-03-01 12:00:00", "valid-until 2026-03-04 12:00:00"]
        let relays = TorNode.relays.flatMap { ["r \($0.nickname) AAAA 2026-03-01 11:00:00 1.2.3.4 9001 0", flags($0)] }
        return (head + relays).joined(separator: "\n")
    }

    private static func usualFlags(_ node: TorNode) -> String {
        switch node.role {
        case .authority: "s Authority Running V2Dir Valid"
        case .guard: "s Fast Guard Running Stable V2Dir Valid"
        case .exit: "s Exit Fast Running Valid"
        case .onion: "s"
        }
    }

    /// 2026-03-01 12:00:00 UTC.
    private static let start = 1_772_366_400

    @Test("A consensus with all relays and their flags is whole")
    func whole() {
        #expect(Consensus(Self.document(flags: Self.usualFlags)).listsEveryRelay)
    }

    @Test("A consensus in which one relay misses what its role needs is not", arguments: TorNode.relays)
    func missing(node: TorNode) {
        let document = Self.document { $0 == node ? "s Running Valid" : Self.usualFlags($0) }
        #expect(!Consensus(document).listsEveryRelay)
        let without = Self.document(flags: Self.usualFlags).replacing("r \(node.nickname) ", with: "r stranger ")
        #expect(!Consensus(without).listsEveryRelay)
    }

    @Test(
        "A snapshot's consensus must have begun and must last three hours more",
        arguments: [(-1, false), (0, true), (69 * 3600, true), (69 * 3600 + 1, false), (400 * 86400, false)])
    func freshness(seconds: Int, expected: Bool) {
        let consensus = Consensus(Self.document(flags: Self.usualFlags))
        #expect(consensus.isValid(forHours: 3, now: Self.start + seconds) == expected)
    }

    @Test("A document without dates is never fresh")
    func undated() {
        #expect(!Consensus("nothing").isValid(forHours: 3, now: Self.start))
    }
}
