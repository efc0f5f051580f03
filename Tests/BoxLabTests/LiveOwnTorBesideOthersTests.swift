import NetAddress
import Testing
import TorControl

@testable import BoxLab

extension Live {
    @Suite("A device's own Tor and the other programs of that device", .serialized, .lab)
    struct OwnTorBesideOthersTests {
        struct Family: Sendable, CustomTestStringConvertible {
            let testDescription: String
            let way: OwnTor.Way
            /// Whether its Tor may go to such an address.
            let admits: @Sendable (IPAddress) -> Bool
        }

        private static let families = [
            Family(testDescription: "both families", way: .relays) { _ in true },
            Family(testDescription: "IPv4 only", way: .relaysOverIPv4) { if case .v4 = $0 { true } else { false } },
            Family(testDescription: "IPv6 only", way: .relaysOverIPv6) { if case .v6 = $0 { true } else { false } },
        ]

        @Test("The one goes straight to relays, by its family alone, while Tor carries the others", arguments: families)
        func sideBySide(family: Family) async throws {
            let lab = try await Lab.up(checkout: Checkout(), log: StepLog(quiet: true), patience: .seconds(60))
            if try lab.box.currentState() != "open" { try await lab.box.start() }
            try await lab.box.waitForClients()
            let scene = try await Scene(lab)
            let row = Row.open(doors: Scene.doors, guards: Scene.guards)
            let (streams, seen) = try await scene.watching(row) {
                try await scene.streamsSeen {
                    let own = try await OwnTor.start(by: family.way, in: lab.tor)
                    // Both at the same time: while it bootstraps, and while it opens pages.
                    async let bootstrap: Void = own.waitUntilBootstrapped()
                    try await opensPagesByItself()
                    try await bootstrap
                    async let page = own.page("http://www.example.net/")
                    async let onion = own.page("http://\(lab.tor.onionAddress)/")
                    try await opensPagesByItself()
                    #expect(try await page.contains("you came from 198.51.100.3"))
                    #expect(try await onion == "the onion page")
                    try await own.stop()
                }.streams
            }
            try seen.requireAllowed()
            let forwarded = try scene.forwarded(in: seen.file)
            #expect(!forwarded.isEmpty && forwarded.isSubset(of: Scene.guards))
            #expect(forwarded.allSatisfy { family.admits($0.address) })
            #expect(!streams.contains { $0.target.hasSuffix(":\(TorNode.orPort)") })
            for (source, web) in [
                (IPAddress.v4(scene.context.neighbour4), IPAddress.v4(Addresses.web)),
                (.v6(scene.context.neighbour6), .v6(Addresses.webV6)),
            ] {
                let carried = streams.count { $0.source?.address == source && $0.target == "\(Endpoint(web, 80))" }
                #expect(carried == 2, "\(web)")
            }
        }

        /// Opens the lab's page as any program does, once over each family.
        private func opensPagesByItself() async throws {
            for address in ["\(Addresses.web)", "[\(Addresses.webV6)]"] {
                let page = try await LabHost.client2.run(
                    "curl",
                    ["--silent", "--show-error", "--fail", "--globoff", "--max-time", "60", "http://\(address)/"],
                    limit: .seconds(70))
                let exits = TorNode.relays.filter { $0.role == .exit }.flatMap { ["\($0.address)", "\($0.addressV6)"] }
                #expect(exits.contains { page.trimmed.hasSuffix(" \($0)") }, "\(page)")
            }
        }
    }
}
