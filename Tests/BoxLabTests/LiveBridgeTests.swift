import NetAddress
import Testing

@testable import BoxLab

extension Live {
    @Suite("The box's own Tor through a bridge", .serialized, .lab)
    struct BridgeTests {
        enum Kind: CaseIterable {
            case plain, plainOverIPv6, obfs4
        }

        private let aGuard = Endpoint(.v4(TorNode(role: .guard, number: 1).address), TorNode.orPort)

        private func lab() async throws -> (Lab, Scene, Obfs4Bridge) {
            let lab = try await Lab.up(checkout: Checkout(), log: StepLog(quiet: true), patience: .seconds(60))
            return (lab, try await Scene(lab), try await Obfs4Bridge.start(in: lab.tor))
        }

        private func line(_ kind: Kind, _ bridge: Obfs4Bridge) -> (text: String, door: Endpoint) {
            switch kind {
            case .plain: (bridge.plainLine, Endpoint(.v4(Obfs4Bridge.address), TorNode.orPort))
            case .plainOverIPv6: (bridge.plainLineV6, Endpoint(.v6(Obfs4Bridge.addressV6), TorNode.orPort))
            case .obfs4: (bridge.line, Endpoint(.v4(Obfs4Bridge.address), Obfs4Bridge.port))
            }
        }

        private func opensPages(_ lab: Lab) async throws {
            try await Scene.opensAPage()
            let onion = try await LabHost.client1.run(
                "curl", ["--silent", "--fail", "--max-time", "60", "http://\(lab.tor.onionAddress)/"],
                limit: .seconds(70))
            #expect(onion.trimmed == "the onion page")
        }

        @Test("Pages and onion pages open, and nothing but the bridge is connected to", arguments: Kind.allCases)
        func opens(kind: Kind) async throws {
            let (lab, scene, bridge) = try await lab()
            let (text, door) = line(kind, bridge)
            try await lab.box.reset()
            let (_, seen) = try await scene.watching(.open(doors: [door])) {
                try await lab.box.start(configured: LabBox.through([text]))
                try await lab.box.waitForClients()
                try await opensPages(lab)
            }
            try seen.requireAllowed()
            #expect(try scene.destinations(in: seen.file) == [door])
            try await namesNoBridge(lab.box, Substring(text))
            try await lab.box.stop()
        }

        /// tor says much of its bridge; what the owner is shown of it says nothing.
        private func namesNoBridge(_ box: LabBox, _ line: Substring) async throws {
            let secrets =
                [Obfs4Bridge.address.description, Obfs4Bridge.addressV6.description]
                + line.matches(of: /[0-9A-F]{40}|cert=[^ ]{8}/).map { String($0.output) }
            #expect(secrets.count > 2)
            let said = try LabBox.runtime.read("tor/notices.log") ?? ""
            #expect(secrets.contains { said.contains($0) }, "the control")
            let (log, circuits) = (try await box.told(["log"]), try await box.told(["circuits", "--json"]))
            #expect(
                log.contains("Bootstrapped 100%") && log.contains("bridge") && circuits.contains("\"isBridge\" : true"))
            for secret in secrets { #expect(!log.contains(secret) && !circuits.contains(secret), "\(secret)") }
        }

        @Test("Without bridges in the configuration the same is done by other relays, which a bridge's row refuses")
        func control() async throws {
            let (lab, scene, bridge) = try await lab()
            let (_, door) = line(.plain, bridge)
            try await lab.box.reset()
            let (_, seen) = try await scene.watching(.open(doors: [door])) {
                try await lab.box.start()
                try await lab.box.waitForClients()
                try await opensPages(lab)
            }
            #expect(!seen.report.holds)
            let destinations = try scene.destinations(in: seen.file)
            #expect(!destinations.isEmpty && destinations.isSubset(of: Scene.doors))
        }

        @Test("A device's own Tor never goes straight then, and without bridges it does")
        func ownTor() async throws {
            let (lab, scene, bridge) = try await lab()
            try await lab.box.start()
            try await lab.box.waitForClients()
            #expect(try await scene.connects(to: aGuard) == .straight)
            let (text, door) = line(.obfs4, bridge)
            try await lab.box.start(configured: LabBox.through([text]))
            try await lab.box.waitForClients()
            let (passages, seen) = try await scene.watching(.open(doors: [door])) {
                try await [scene.connects(to: aGuard), scene.connects(to: door)]
            }
            try seen.requireAllowed()
            #expect(passages == [.throughTor, .throughTor])
            #expect(try scene.forwarded(in: seen.file).isEmpty)
            try await lab.box.stop()
        }

        enum Dead: CaseIterable {
            case plain, obfs4, otherRelay
        }

        @Test(
            "Through a dead bridge the box stays at connecting, says why, and goes nowhere else",
            arguments: Dead.allCases)
        func dead(kind: Dead) async throws {
            let (lab, scene, bridge) = try await lab()
            let (text, door) = line(kind == .obfs4 ? .obfs4 : .plain, bridge)
            let (line, words) =
                switch kind {
                case .plain: (text.replacing("\(door)", with: "\(Obfs4Bridge.address):4"), "refuses connections")
                case .obfs4: (text.replacing("\(door)", with: "\(Obfs4Bridge.address):4"), "has not got through")
                case .otherRelay:
                    ("\(door) " + String(repeating: "C", count: 40), "a relay with another fingerprint")
                }
            let dead = kind == .otherRelay ? door : Endpoint(door.address, 4)
            try await lab.box.reset()
            let (_, seen) = try await scene.watching(.connecting(doors: [dead])) {
                try await lab.box.loadRules(LabBox.through([line]))
                try await lab.box.waitFor(state: "connecting", by: lab.box.launch(), limit: .seconds(30))
                try await wait(upTo: .seconds(60), for: "the reason") {
                    try lab.box.currentState()?.contains(words) ?? false
                }
            }
            try seen.requireAllowed()
            #expect(try scene.destinations(in: seen.file) == [dead])
            #expect(try lab.box.currentState()?.hasPrefix("connecting: ") == true)
            try await lab.box.stop()
        }
    }
}
