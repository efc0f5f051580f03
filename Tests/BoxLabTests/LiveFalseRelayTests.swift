import Foundation
import Glibc
import HostSystem
import NetAddress
import Testing

@testable import BoxLab

extension Live {
    @Suite("A relay that does what none should", .serialized, .lab)
    struct FalseRelayTests {
        private let checkout: Checkout

        init() throws {
            checkout = try Checkout()
        }

        private func tor() async throws -> TorNetwork {
            try await Lab.up(
                mode: .withoutBox, checkout: checkout, log: StepLog(quiet: true), patience: .seconds(60)
            ).tor
        }

        /// What the product's time client says of each relay, by fingerprint.
        private func answers(of relays: [Fallback]) async throws -> [String: [String: Any]] {
            let questions = relays.map { "\(Endpoint($0.address, TorNode.orPort)) \($0.fingerprint)\n" }.joined()
            let client = try LabHost.inet.command(Command(checkout.program("torbox-clock")))
            let lines = try await client.run(input: questions, limit: .seconds(60)).split(separator: "\n")
            return try lines.reduce(into: [:]) { answers, line in
                let object = try JSONSerialization.jsonObject(with: Data(line.utf8))
                let answer = try #require(object as? [String: Any])
                answers[try #require(answer["relay"] as? String)] = answer
            }
        }

        @Test(
            "The time client believes none of it, ends in bounded time, and hears the true relay beside it",
            arguments: FalseRelay.Behaviour.allCases)
        func isAsked(behaviour: FalseRelay.Behaviour) async throws {
            _ = try await tor()
            let relay = try await FalseRelay.start(behaviour, checkout: checkout)
            let truth = try Fallback(TorNode(role: .guard, number: 1))
            let answers = try await answers(of: [relay.fallback, truth])
            try await relay.stop()
            let heard = try #require(answers[truth.fingerprint]?["time"] as? Int, "\(answers)")
            #expect(abs(heard - time(nil)) <= 60)
            let said = try #require(answers[relay.fingerprint])
            #expect((said["time"] != nil) == (behaviour == .honest), "\(said)")
            #expect((said["failure"] != nil) == (behaviour != .honest), "\(said)")
        }

        @Test(
            "Somebody who carries a true relay's cells is told apart from a wire",
            arguments: ManInTheMiddle.Way.allCases)
        func middle(way: ManInTheMiddle.Way) async throws {
            _ = try await tor()
            let middle = try await ManInTheMiddle.start(before: TorNode(role: .guard, number: 1), carrying: way)
            let said = try await #require(answers(of: [middle.fallback]).values.first)
            try await middle.stop()
            #expect((said["time"] != nil) == (way == .bytes), "\(said)")
        }

        @Test("A true relay under another's name is not heard")
        func impostor() async throws {
            _ = try await tor()
            let name = try TorNode(role: .guard, number: 2).fingerprint()
            let claim = try Fallback(TorNode(role: .guard, number: 1)).claiming(name)
            let said = try #require(try await answers(of: [claim])[name])
            #expect(said["failure"] != nil, "\(said)")
        }

        /// Without it a client could refuse them for a mistake of the lab's.
        @Test(
            "Control: a real tor takes the honest one for a relay, and none that shows a wrong identity",
            arguments: [
                FalseRelay.Behaviour.honest, .brokenSignature, .certificatesOfAnotherLink, .foreignEd25519Identity,
                .expiredCertificates,
            ])
        func realClient(behaviour: FalseRelay.Behaviour) async throws {
            _ = try await tor()
            let relay = try await FalseRelay.start(behaviour, checkout: checkout)
            let folder = LabFolder.run / "judge"
            try folder.remove()
            try await Command("install", ["-d", "-o", TorNode.user, "-m", "700", folder.path]).run()
            let bridge = "\(FalseRelay.address(relay.number)):\(TorNode.orPort) \(relay.fingerprint)"
            let judge = try await LabProcess.start(
                "judge", on: .inet,
                Command(
                    "tor",
                    [
                        "--ignore-missing-torrc", "-f", "/nowhere", "--defaults-torrc", "/dev/null", "--User",
                        TorNode.user,
                    ]
                        + ["--DataDirectory", folder.path, "--SocksPort", "0", "--UseBridges", "1", "--Bridge", bridge]
                        + ["--Log", "info stdout"]))
            var isTaken: Bool?
            try await wait(upTo: .seconds(30), for: "the real tor's judgement") {
                try judge.requireRunning()
                let said = try judge.output()
                if said.contains("Got good NETINFO cell") { isTaken = true }
                if said.contains("the OR conn just failed") { isTaken = false }
                return isTaken != nil
            }
            #expect(isTaken == (behaviour == .honest))
            try await judge.end()
            try (LabFolder.logs / "judge.log").remove()
            try await relay.stop()
        }
    }
}
