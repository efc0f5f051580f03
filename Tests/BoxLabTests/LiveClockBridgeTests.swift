import Glibc
import HostSystem
import NetAddress
import Testing

@testable import BoxLab

extension Live {
    @Suite("A box behind bridges that wakes with a wrong clock", .serialized, .lab)
    struct ClockBridgeTests {
        enum Kind: CaseIterable {
            case plain, obfs4
        }

        private static let tenYears = 315_360_000
        private static let hour = 3_600

        private func bed() async throws -> (Lab, Scene, Obfs4Bridge) {
            let lab = try await Lab.up(checkout: Checkout(), log: StepLog(quiet: true), patience: .seconds(60))
            return (lab, try await Scene(lab), try await Obfs4Bridge.restart(in: lab.tor, clock: nil))
        }

        private func line(_ kind: Kind, _ bridge: Obfs4Bridge) -> (text: String, door: Endpoint) {
            switch kind {
            case .plain: (bridge.plainLine, Endpoint(.v4(Obfs4Bridge.address), TorNode.orPort))
            case .obfs4: (bridge.line, Endpoint(.v4(Obfs4Bridge.address), Obfs4Bridge.port))
            }
        }

        /// Runs a box with one bridge, and asserts that it spoke to the bridge and to nobody else.
        private func behind(
            _ line: (text: String, door: Endpoint), in lab: Lab, _ scene: Scene, clock: FalseTime,
            lastGoodTime: Int? = nil, until state: String = "open", _ body: () async throws -> Void
        ) async throws {
            try await lab.box.reset()
            let (_, seen) = try await scene.watching(.open(doors: [line.door])) {
                try await lab.box.start(
                    clock: clock, until: state, limit: .seconds(120),
                    after: {
                        guard let lastGoodTime else { return }
                        try LabBox.state.write("\(lastGoodTime)\n", to: "clock")
                    }, configured: LabBox.through([line.text]))
                try await body()
            }
            try seen.requireAllowed()
            #expect(try scene.destinations(in: seen.file) == [line.door])
            try await lab.box.stop()
        }

        @Test(
            "From 1970 it goes on where it was switched off six hours ago, and opens by itself",
            arguments: Kind.allCases)
        func afterANight(kind: Kind) async throws {
            let (lab, scene, bridge) = try await bed()
            let lastGoodTime = time(nil) - 6 * Self.hour
            try await behind(line(kind, bridge), in: lab, scene, clock: .at(0), lastGoodTime: lastGoodTime) {
                try await Scene.opensAPage()
                let error = try await lab.box.clockError()
                #expect((Double(-6 * Self.hour - 300)...2).contains(error))
                try await expectNoTimeForTheLAN(scene)
            }
        }

        @Test("Some hours off it opens by itself, and its clock comes no nearer than tor tells", arguments: [-5, 5])
        func someHours(off hours: Int) async throws {
            let (lab, scene, bridge) = try await bed()
            try await behind(line(.obfs4, bridge), in: lab, scene, clock: .ahead(hours * Self.hour)) {
                try await Scene.opensAPage()
                let error = try await lab.box.clockError()
                #expect(abs(error) < Double(abs(hours) * Self.hour + 5))
                try await expectNoTimeForTheLAN(scene)
            }
        }

        @Test("In 2038 it says that the owner must say the time, and opens once he has", arguments: Kind.allCases)
        func farAhead(kind: Kind) async throws {
            let (lab, scene, bridge) = try await bed()
            try await behind(line(kind, bridge), in: lab, scene, clock: .at(2_145_916_800), until: "connecting") {
                try await wait(upTo: .seconds(60), for: "what becomes of tor at the bridge") {
                    try lab.box.currentState()?.contains("bridge") ?? false
                }
                for question in ["time", "status"] {
                    let told = try await lab.box.told([question])
                    #expect(told.contains("say the time by `torbox time set`"))
                }
                try await expectNoTimeForTheLAN(scene)
                try await lab.box.sayTheTime()
                #expect(try await abs(lab.box.clockError()) < 5)
                try await lab.box.waitFor(state: "open", limit: .seconds(120))
                try await lab.box.waitForClients()
                try await Scene.opensAPage()
                guard case .time(_, stratum: 10) = try await scene.time(from: .v4(Addresses.timeServer)) else {
                    Issue.record("the LAN is not told the owner's time")
                    return
                }
            }
        }

        @Test(
            "A bridge whose clock lies moves nothing, whatever the box's clock shows",
            arguments: [hour, -hour, tenYears, -tenYears], [0, -5 * hour])
        func hostileBridge(lie: Int, off: Int) async throws {
            let (lab, scene, _) = try await bed()
            let bridge = try await Obfs4Bridge.restart(in: lab.tor, clock: .ahead(lie))
            try await behind(
                line(.plain, bridge), in: lab, scene, clock: .ahead(off),
                until: abs(lie) > Self.hour ? "connecting" : "open"
            ) {
                if abs(lie) > Self.hour {
                    try await wait(upTo: .seconds(60), for: "what becomes of tor at the bridge") {
                        try lab.box.currentState()?.contains("bridge") ?? false
                    }
                }
                let error = try await lab.box.clockError()
                // What the authorities signed may move it, through a bridge that lies too.
                let signed = try Consensus(of: TorNode.authorities[0], file: ConsensusFlavour.microdesc.file)
                let start = try #require(signed?.validAfter) - time(nil)
                #expect(abs(error - Double(off)) < 2 || off < start && abs(error - Double(start)) < 120)
            }
            _ = try await Obfs4Bridge.restart(in: lab.tor, clock: nil)
        }

        private func expectNoTimeForTheLAN(_ scene: Scene) async throws {
            try await scene.lab.box.waitForClients()
            #expect(try await scene.time(from: .v4(Addresses.timeServer)) == .refused)
        }
    }
}
