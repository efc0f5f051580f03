import NetAddress
import Testing
import TorControl

@testable import BoxLab

extension Live {
    @Suite("A device with a Tor of its own", .serialized, .lab)
    struct OwnTorTests {
        private static let families: [OwnTor.Way] = [.relays, .relaysOverIPv4, .relaysOverIPv6]

        private func lab(_ mode: LabMode) async throws -> Lab {
            try await Lab.up(mode: mode, checkout: Checkout(), log: StepLog(quiet: true), patience: .seconds(60))
        }

        private func expectPages(_ own: OwnTor, _ lab: Lab) async throws {
            #expect(try await own.page("http://www.example.net/").contains("you came from 198.51.100.3"))
            #expect(try await own.page("http://\(lab.tor.onionAddress)/") == "the onion page")
        }

        @Test(
            "It goes straight to relays, past the box's Tor, which carries the rest of the device", arguments: families)
        func straight(way: OwnTor.Way) async throws {
            let lab = try await lab(.box)
            let scene = try await Scene(lab)
            let (streams, seen) = try await scene.watching(.openWithGuards) {
                try await scene.streamsSeen {
                    let own = try await OwnTor.start(by: way, in: lab.tor)
                    try await own.waitUntilBootstrapped()
                    try await expectPages(own, lab)
                    try await Scene.opensAPage(from: .client2)
                    try await own.stop()
                }.streams
            }
            try seen.requireAllowed()
            let forwarded = try scene.forwarded(in: seen.file)
            #expect(!forwarded.isEmpty && forwarded.isSubset(of: Scene.guards))
            #expect(!streams.contains { $0.target.hasSuffix(":\(TorNode.orPort)") })
            #expect(streams.contains { $0.target.hasSuffix(":80") })
        }

        @Test(
            "With the box's rules away it works as well, and is seen", arguments: [OwnTor.Way.relays, .relaysOverIPv6])
        func naked(way: OwnTor.Way) async throws {
            let lab = try await lab(.naked)
            let scene = try await Scene(lab)
            let (_, seen) = try await scene.watching {
                let own = try await OwnTor.start(by: way, in: lab.tor)
                try await own.waitUntilBootstrapped()
                try await expectPages(own, lab)
                try await own.stop()
            }
            #expect(try !scene.forwarded(in: seen.file).isEmpty)
            #expect(!seen.report.holds)
        }

        @Test("With a private bridge it is carried by the box's Tor, and nothing of it leaves in clear")
        func bridge() async throws {
            let lab = try await lab(.box)
            let scene = try await Scene(lab)
            let bridge = try await Obfs4Bridge.start(in: lab.tor)
            let (streams, seen) = try await scene.watching(.openWithGuards) {
                try await scene.streamsSeen {
                    let own = try await OwnTor.start(by: .bridge(bridge), in: lab.tor)
                    try await own.waitUntilBootstrapped()
                    try await expectPages(own, lab)
                    try await own.stop()
                }.streams
            }
            try seen.requireAllowed()
            #expect(try scene.forwarded(in: seen.file).isEmpty)
            #expect(streams.contains { $0.target == "\(Obfs4Bridge.address):\(Obfs4Bridge.port)" })
        }

        @Test("A page that embeds a relay: without Guard Tor carries it, with Guard the device goes there itself")
        func hostileRelay() async throws {
            try await lab(.withoutBox).tor.prepareForEditions()
            let lab = try await lab(.box)
            let scene = try await Scene(lab)
            let hostile = TorNode(role: .exit, number: 3)
            let port = Endpoint(.v4(hostile.address), TorNode.orPort)
            #expect(try await scene.connects(to: port) == .throughTor)
            let edition = Edition(guards: Edition.usualGuards.union([hostile]))
            try await lab.box.askForConsensus(lab.tor.publish(edition))
            try await scene.waitUntil(.straight, to: port)
            // Never a relay's other ports.
            #expect(try await scene.connects(to: Endpoint(port.address, TorNode.directoryPort)) == .throughTor)
        }

        @Test("A relay leaves the consensus: a device's connections to it end at once, and nothing follows")
        func relayLeaves() async throws {
            try await lab(.withoutBox).tor.prepareForEditions()
            let lab = try await lab(.box)
            let scene = try await Scene(lab)
            let own = try await OwnTor.start(in: lab.tor)
            try await own.waitUntilBootstrapped()
            let peers = try await own.peers()
            let leaving = try #require(
                Edition.usualGuards.first { node in peers.contains { $0.address == .v4(node.address) } })
            let places = [IPAddress.v4(leaving.address), .v6(leaving.addressV6)].map { Endpoint($0, TorNode.orPort) }
            let caller = try await Caller.start(.streams, on: .client2, to: places, secondsBetween: 0.02)
            let (_, before) = try await scene.watching(.openWithGuards) { try await caller.waitForMore() }
            #expect(try scene.forwarded(in: before.file).isSuperset(of: places))
            #expect(try await scene.connections(straightTo: leaving) >= 3)

            try await lab.box.askForConsensus(lab.tor.publish(Edition(without: [leaving])))
            try await wait(upTo: .seconds(30), for: "the box without \(leaving.nickname)") {
                try await !lab.box.holdsGuard(places[0])
            }
            let (_, after) = try await scene.watching(.openWithGuards) {
                try await wait(upTo: .seconds(10), for: "both connections' resets") {
                    try caller.tally().refused == places.count
                }
                try await wait(upTo: .seconds(10), for: "an empty table of connections") {
                    try await scene.connections(straightTo: leaving) == 0
                }
                try await Scene.opensAPage(from: .client2)
                // The device's tor does not know yet and goes on trying; when it takes another relay is its own matter.
                let proxy = "socks5h://127.0.0.1:\(OwnTor.socksPort)"
                _ = try await own.host.outcome(
                    "curl", ["--silent", "--max-time", "10", "--proxy", proxy, "http://www.example.net/"])
            }
            try after.requireAllowed()
            #expect(try scene.destinations(in: after.file).isDisjoint(with: places))
            #expect(try await caller.stop().unanswered == 0)
            try await own.stop()
        }
    }
}

extension Row {
    static let openWithGuards = Row.open(doors: Scene.doors, guards: Scene.guards)
}

extension Scene {
    /// How many connections of the device to this relay's own addresses the box tracks.
    fileprivate func connections(straightTo node: TorNode) async throws -> Int {
        var count = 0
        for (family, relay) in [("ipv4", "\(node.address)"), ("ipv6", "\(node.addressV6)")] {
            // What is turned to the box's tor is answered by the box.
            count += try await LabHost.box.run("conntrack", ["-L", "-f", family, "-p", "tcp", "--reply-src", relay])
                .split(separator: "\n").count { line in
                    ["\(context.neighbour4)", "\(context.neighbour6)"].contains { line.contains(" src=\($0) ") }
                }
        }
        return count
    }

    /// Waits until the box has taken over what its tor knows.
    fileprivate func waitUntil(_ passage: Passage, to endpoint: Endpoint) async throws {
        try await wait(upTo: .seconds(30), for: "\(passage) to \(endpoint)") {
            try await connects(to: endpoint) == passage
        }
    }
}
