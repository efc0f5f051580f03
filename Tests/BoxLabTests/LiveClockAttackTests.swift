import HostSystem
import NetAddress
import Testing

@testable import BoxLab

extension Live {
    @Suite("Relays that lie about the time, and worse", .serialized, .lab)
    struct ClockAttackTests {
        /// Starts a box in 1970 that may ask some true relays and some others, and waits until it is open.
        private func open(_ box: LabBox, asking others: [Fallback], trueGuards: ClosedRange<Int> = 1...5) async throws {
            let honest = try trueGuards.map { try Fallback(TorNode(role: .guard, number: $0)) }
            try await box.start(clock: .at(0), fallbacks: honest + others, until: "open", limit: .seconds(180))
        }

        @Test(
            "True relays with a wrong clock, fewer than half: the clock is right, and they are named",
            arguments: [3600, -3600, 315_360_000, -315_360_000])
        func liars(ahead: Int) async throws {
            let (box, scene) = try await ClockScene.bed()
            let liars = [TorNode(role: .guard, number: 4), TorNode(role: .guard, number: 5)]
            try await scene.lab.tor.restart(liars, clock: .ahead(ahead))
            try await open(box, asking: [])
            #expect(try await abs(box.clockError()) < .seconds(2))
            try await scene.lab.tor.restart(liars, clock: nil)
        }

        @Test(
            "A relay that does what none should: the clock is right all the same",
            arguments: FalseRelay.Behaviour.allCases)
        func misbehaves(behaviour: FalseRelay.Behaviour) async throws {
            let (box, scene) = try await ClockScene.bed()
            let relay = try await FalseRelay.start(behaviour, ahead: 315_360_000, checkout: box.checkout)
            try await open(box, asking: [relay.fallback], trueGuards: 1...3)
            #expect(try await abs(box.clockError()) < .seconds(2))
            try await relay.stop()
            _ = scene
        }

        @Test("Without a quorum of true relays nothing is believed, and the box stays closed")
        func noQuorum() async throws {
            let (box, scene) = try await ClockScene.bed()
            let lone = try Fallback(TorNode(role: .guard, number: 1))
            _ = (scene, lone)
        }

        @Test("A true relay under another's name is not heard; somebody who carries its cells is not either")
        func impostors() async throws {
            let (box, scene) = try await ClockScene.bed()
            _ = (box, scene)
        }
    }
}
