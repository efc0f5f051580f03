import NetAddress
import Testing

@testable import BoxLab

extension Live {
    @Suite("New consensuses while the box is in use", .serialized, .lab)
    struct ExchangeTests {
        private static let exchanges = 200
        /// Each comes with two addresses, and is in three sets.
        private static let relaysChanged = 500

        private func lab(_ mode: LabMode) async throws -> Lab {
            try await Lab.up(mode: mode, checkout: Checkout(), log: StepLog(quiet: true), patience: .seconds(60))
        }

        /// The edition of that number, with relays that no other has.
        private func edition(_ number: Int, without absent: Set<TorNode> = []) -> Edition {
            Edition(without: absent, invented: number * Self.relaysChanged..<(number + 1) * Self.relaysChanged)
        }

        /// Has the box take over an edition, and waits until it has.
        private func exchange(_ edition: Edition, _ document: String, in box: LabBox) async throws {
            try box.lay(document)
            try await wait(upTo: .seconds(20), for: "the exchange for the relays from \(edition.invented.lowerBound)") {
                try await box.holdsGuard(InventedRelay(number: edition.invented.lowerBound).ipv4)
            }
        }

        @Test("200 exchanges: no allowed connection of either kind is refused, no frame leaves that may not")
        func exchanges() async throws {
            _ = try await lab(.withoutBox)
            let lab = try await lab(.box)
            let scene = try await Scene(lab)
            try await Scene.opensAPage()
            let leaving = TorNode(role: .guard, number: 5)
            let editions =
                (0..<Self.exchanges).map { edition($0) } + [edition(Self.exchanges, without: [leaving])]
            // Signed before, so that the exchanges follow each other closely.
            let documents = try await lab.box.documents(of: editions)
            let gone = [IPAddress.v4(leaving.address), .v6(leaving.addressV6)].map { Endpoint($0, TorNode.orPort) }
            let web = [IPAddress.v4(Addresses.web), .v6(Addresses.webV6)].map { Endpoint($0, 80) }
            let (callers, seen) = try await scene.watching(.openWithGuards) {
                let callers = [
                    try await Caller.start(.pages, on: .client1, to: web, secondsBetween: 0.1),
                    try await Caller.start(.relays, on: .client2, to: Array(Scene.guards), secondsBetween: 0.2),
                    try await Caller.start(.streams, on: .client2, to: gone, secondsBetween: 0.02),
                ]
                for (edition, document) in zip(editions, documents).dropLast() {
                    try await exchange(edition, document, in: lab.box)
                }
                for caller in callers { try await caller.waitForMore() }
                return callers
            }
            try seen.requireAllowed()
            for caller in callers {
                let tally = try caller.tally()
                #expect(tally.refused == 0 && tally.unanswered == 0 && tally.done > Self.exchanges, "\(tally)")
            }
            // The same counters see a relay that leaves: both open connections, and new ones.
            try await exchange(editions[Self.exchanges], documents[Self.exchanges], in: lab.box)
            try await wait(upTo: .seconds(20), for: "the refusals") {
                try callers[1].tally().refused > 0 && callers[2].tally().refused == gone.count
            }
            for caller in callers { _ = try await caller.stop() }
            // The next test meets a box that knows nothing of all this.
            try await lab.box.reset()
        }
    }
}
