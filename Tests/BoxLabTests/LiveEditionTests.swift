import NetAddress
import Testing
import TorControl

@testable import BoxLab

extension Live {
    @Suite("New consensuses without a vote", .serialized, .lab)
    struct EditionTests {
        private static let leaving = TorNode(role: .guard, number: 5)
        private static let promoted = TorNode(role: .exit, number: 3)
        private static let edition = Edition(without: [leaving], guards: Edition.usualGuards.union([promoted]))

        private func expectEdition(_ connection: ControlConnection) async throws {
            let relays = try await flagsOfRelays(connection)
            #expect(relays.count == TorNode.relays.count - 1)
            #expect(relays[Self.leaving.nickname[...]] == nil)
            let guards = Set(relays.filter { $0.value.contains("Guard") }.keys)
            #expect(guards == ["guard1", "guard2", "guard3", "guard4", Self.promoted.nickname[...]])
        }

        /// What tor says of each relay of its consensus, by nickname (dir-spec 3.4.1, lines "r" and "s").
        private func flagsOfRelays(_ connection: ControlConnection) async throws -> [Substring: [Substring]] {
            var flags: [Substring: [Substring]] = [:]
            var nickname: Substring = ""
            for line in try await connection.getInfo("ns/all").split(separator: "\n") {
                let words = line.split(separator: " ")
                if words[0] == "r" { nickname = words[1] }
                if words[0] == "s" { flags[nickname] = Array(words.dropFirst()) }
            }
            return flags
        }

        private func lab(_ mode: LabMode) async throws -> Lab {
            try await Lab.up(mode: mode, checkout: Checkout(), log: StepLog(quiet: true), patience: .seconds(60))
        }

        @Test("A running tor takes over a new consensus, and its connections to relays stay")
        func ownTor() async throws {
            let lab = try await lab(.naked)
            try await lab.tor.prepareForEditions()
            let own = try await OwnTor.start(in: lab.tor)
            try await own.waitUntilBootstrapped()
            let peers = try await own.peers()
            #expect(!peers.isEmpty)
            try await own.askForConsensus(lab.tor.publish(Self.edition))
            #expect(
                try await own.peers().isSuperset(
                    of: peers.filter { peer in Edition.usualGuards.contains { .v4($0.address) == peer.address } }))
            let connection = try await own.control()
            try await expectEdition(connection)
            try await own.askForConsensus(lab.tor.publish(Edition()))
            #expect(try await flagsOfRelays(connection).count == TorNode.relays.count)
            connection.close()
            try await own.stop()
        }

        @Test("The box's tor takes it over as well, while clients' connections go on")
        func box() async throws {
            try await lab(.withoutBox).tor.prepareForEditions()
            let lab = try await lab(.box)
            try await Scene.opensAPage()
            try await lab.box.askForConsensus(lab.tor.publish(Self.edition))
            let connection = try await lab.box.torControl()
            defer { connection.close() }
            try await expectEdition(connection)
            #expect(try lab.box.currentState() == "open")
            try await Scene.opensAPage()
        }
    }
}
