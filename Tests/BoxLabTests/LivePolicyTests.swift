import HostSystem
import NetAddress
import Testing
import TorControl

@testable import BoxLab

extension Live {
    @Suite("Whose own Tor goes straight is the owner's policy", .serialized, .lab)
    struct PolicyTests {
        private static let openWithGuards = Row.open(doors: Scene.doors, guards: Scene.guards)

        private func scene(_ policy: String) async throws -> Scene {
            let lab = try await Lab.up(checkout: Checkout(), log: StepLog(quiet: true), patience: .seconds(60))
            try await lab.box.start(policy: policy)
            return try await Scene(lab)
        }

        /// Its own Tor bootstraps and opens a page, and its packets leave for guards alone.
        private func expectStraight(_ scene: Scene) async throws -> OwnTor {
            let ((own, streams), seen) = try await scene.watching(Self.openWithGuards) {
                try await scene.streamsSeen {
                    let own = try await OwnTor.start(in: scene.lab.tor)
                    try await own.waitUntilBootstrapped()
                    _ = try await own.page("http://www.example.net/")
                    return own
                }
            }
            try seen.requireAllowed()
            let forwarded = try scene.forwarded(in: seen.file)
            #expect(!forwarded.isEmpty && forwarded.isSubset(of: Scene.guards))
            #expect(!streams.contains { $0.target.hasSuffix(":\(TorNode.orPort)") })
            return own
        }

        /// Its own Tor is carried like everything else, which no exit does: it gets nowhere, and nothing of it leaves.
        private func expectCarried(_ scene: Scene) async throws {
            // The row has no guards: nothing of a device's own may leave.
            let (_, seen) = try await scene.watching {
                var own: OwnTor?
                try await scene.fails(toCarry: .client2) { own = try await OwnTor.start(in: scene.lab.tor) }
                let connection = try await #require(own).control()
                #expect(try await !connection.bootstrapPhase().isDone)
                connection.close()
                // The same device's other programs are served.
                try await Scene.opensAPage(from: .client2)
                try await own?.stop()
            }
            try seen.requireAllowed()
            #expect(try scene.forwarded(in: seen.file).isEmpty)
        }

        @Test("automatic: that of every device")
        func automatic() async throws {
            try await expectStraight(scene("automatic")).stop()
        }

        @Test("never: nobody's; it is carried, gets nowhere, and nothing of it leaves")
        func never() async throws {
            try await expectCarried(scene("never"))
        }

        @Test("chosen: that of a ticked device, and unticking ends each open connection at its next packet")
        func chosen() async throws {
            let scene = try await scene("chosen")
            try await expectCarried(scene)
            try await scene.lab.box.tick(true, at: .client1)
            try await expectCarried(scene)
            try await scene.lab.box.tick(true, at: .client2)
            let own = try await expectStraight(scene)
            let connections = try await own.connections()
            #expect(connections.contains { Scene.guards.contains($0.peer) })
            try await scene.lab.box.tick(false, at: .client2)
            let (_, seen) = try await scene.watching {
                // It uses what it has, and hears that this ended.
                let page = Task { try await own.page("http://www.example.net/", limit: .seconds(20)) }
                try await wait(upTo: .seconds(60), for: "the end of a connection that was open") {
                    try await !own.connections().isSuperset(of: connections)
                }
                // Its new connections are carried; a page through them would need an exit that carries to relays.
                await #expect(throws: HostError.self) { try await page.value }
                // A connection that it did not use is told now, by the answer to its last packet.
                try await own.stop()
            }
            try seen.requireAllowed()
            #expect(try scene.forwarded(in: seen.file).isEmpty)
        }
    }
}
