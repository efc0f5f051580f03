import Glibc
import HostSystem
import NetAddress
import Testing

@testable import BoxLab

extension Live {
    @Suite("Relays that lie about the time, and worse", .serialized, .lab)
    struct ClockAttackTests {
        private static let tenYears = 315_360_000

        /// Five guards under their own names.
        private func guards() throws -> [Fallback] {
            try (1...5).map { try Fallback(TorNode(role: .guard, number: $0)) }
        }

        private func liars(_ numbers: ClosedRange<Int>) -> [TorNode] {
            numbers.map { TorNode(role: .guard, number: $0) }
        }

        @Test(
            "True relays with a wrong clock, fewer than half: the clock is right, and they are named",
            arguments: [3600, -3600, tenYears, -tenYears])
        func fewLie(ahead: Int) async throws {
            let (box, scene) = try await ClockScene.bed()
            let liars = liars(4...5)
            try await scene.lab.tor.restart(liars, clock: .ahead(ahead))
            try await box.start(clock: .at(0), fallbacks: guards(), until: "open", limit: .seconds(180))
            #expect(try await abs(box.clockError()) < 2)
            try await ClockScene.waitUntilNamed(liars.map { try Fallback($0) }, by: box)
            try await scene.lab.tor.restart(liars, clock: nil)
        }

        @Test("More than half agree on a time before this version's release: nothing is changed, and that is said")
        func manyLieOutOfBounds() async throws {
            let (box, scene) = try await ClockScene.bed()
            let liars = liars(3...5)
            try await scene.lab.tor.restart(liars, clock: .ahead(-2 * Self.tenYears))
            let (_, seen) = try await scene.watching(.clock(clockDoors: Scene.doors)) {
                try await box.start(clock: .at(0), fallbacks: guards(), until: "clock", limit: .seconds(60))
                try await ClockScene.waitUntilTold("no right clock shows", by: box)
            }
            try seen.requireAllowed()
            #expect(try box.currentState()?.hasPrefix("clock") == true)
            #expect(try await abs(box.clockError() + Double(time(nil))) < 120)
            try await scene.lab.tor.restart(liars, clock: nil)
        }

        @Test("Relays that all say something else: nothing is changed until enough of them are right again")
        func noQuorum() async throws {
            let (box, scene) = try await ClockScene.bed()
            for (number, ahead) in [(3, 3600), (4, -3600), (5, Self.tenYears)] {
                try await scene.lab.tor.restart(liars(number...number), clock: .ahead(ahead))
            }
            try await box.start(clock: .at(0), fallbacks: guards(), until: "clock", limit: .seconds(60))
            try await ClockScene.waitUntilAllWereHeard(try guards(), on: box)
            #expect(try box.currentState()?.hasPrefix("clock") == true)
            #expect(try await box.clockError() < Double(-Self.tenYears))
            try await scene.lab.tor.restart(liars(3...5), clock: nil)
            try await box.waitFor(state: "open", limit: .seconds(120))
            #expect(try await abs(box.clockError()) < 2)
        }

        /// As many as can run at a time.
        static let gangs: [[FalseRelay.Behaviour]] = stride(
            from: 0, to: FalseRelay.Behaviour.allCases.count, by: FalseRelay.numbers.count
        ).map { Array(FalseRelay.Behaviour.allCases.dropFirst($0).prefix(FalseRelay.numbers.count)) }

        @Test("Relays that do what none should, fewer than half: the clock is right, in bounded time", arguments: gangs)
        func misbehave(gang: [FalseRelay.Behaviour]) async throws {
            let (box, _) = try await ClockScene.bed()
            var relays: [FalseRelay] = []
            for (number, behaviour) in zip(FalseRelay.numbers, gang) {
                relays.append(
                    try await FalseRelay.start(
                        behaviour, number: number, ahead: Self.tenYears, checkout: box.checkout))
            }
            let all = try guards() + relays.map(\.fallback)
            try await box.start(clock: .at(0), fallbacks: all, until: "open", limit: .seconds(180))
            #expect(try await abs(box.clockError()) < 2)
            try await ClockScene.waitUntilNamed(relays.map(\.fallback), by: box)
            for relay in relays { try await relay.stop() }
        }

        @Test("Somebody who carries a relay's cells, and a relay under another's name, are not heard, and are named")
        func impostors() async throws {
            let (box, _) = try await ClockScene.bed()
            let middle = try await ManInTheMiddle.start(before: TorNode(role: .guard, number: 5), carrying: .cells)
            let claimed = String(repeating: "AB", count: 20)
            let impostor = try Fallback(TorNode(role: .guard, number: 4)).claiming(claimed)
            let all = try guards().prefix(3) + [middle.fallback, impostor]
            try await box.start(clock: .at(0), fallbacks: Array(all), until: "open", limit: .seconds(180))
            #expect(try await abs(box.clockError()) < 2)
            try await ClockScene.waitUntilNamed([middle.fallback, impostor], by: box)
            try await middle.stop()
        }

        @Test("An old consensus in tor's folder and a date in tor's log move nothing", arguments: [30, 400])
        func oldWords(days: Int) async throws {
            let (box, scene) = try await ClockScene.bed()
            let old = try await scene.lab.tor.oldConsensus(age: days * 86_400)
            try await box.start(clock: .at(0), until: "open", limit: .seconds(180)) {
                try await box.forge("\(LabBox.state.path)/tor/\(ConsensusFlavour.microdesc.file)", old)
                let words = "Jan 01 00:00:00.000 [warn] Our clock is wrong; it is 2031-01-01 00:00:00 UTC\n"
                try await box.forge("\(LabBox.runtime.path)/tor/notices.log", words)
            }
            #expect(try await abs(box.clockError()) < 2)
        }
    }
}
