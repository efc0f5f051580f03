import HostSystem
import NetAddress
import Testing

@testable import BoxLab

extension Live {
    @Suite("A box that wakes with a wrong clock", .serialized, .lab)
    struct ClockTests {
        static let clocks: [FalseTime] = [
            .at(0), .at(2_145_916_800), .ahead(-5 * 3600), .ahead(5 * 3600), .ahead(-20 * 60), .ahead(20 * 60),
        ]

        @Test(
            "It opens by itself with the network's time, and lets out no more than its states allow", arguments: clocks)
        func findsTheTime(clock: FalseTime) async throws {
            let (box, scene) = try await ClockScene.bed()
            let (_, seen) = try await scene.watching(.open(doors: Scene.doors)) {
                try await box.start(clock: clock, until: "open", limit: .seconds(120))
                try await box.waitForClients()
                try await Scene.opensAPage()
            }
            #expect(try await abs(box.clockError()) < 2)
            try seen.requireAllowed()
            #expect(seen.report.allowed[.door] != nil)
        }

        @Test("While its clock is wrong it speaks to the relays that it asks for the time and to nobody else")
        func stateClock() async throws {
            let (box, scene) = try await ClockScene.bed()
            let few = try Fallback(TorNode(role: .guard, number: 1))
            // The last words of the tor that ends here are not this test's.
            try await box.reset()
            try await scene.lab.tor.whileDeaf {
                let (_, seen) = try await scene.watching(
                    .connecting(doors: ClockScene.authorities.union(few.endpoints))
                ) {
                    try await box.start(clock: .at(0), fallbacks: [few], until: "clock", limit: .seconds(60))
                    try scene.sendEveryProbe()
                    try await ClockScene.waitForAQuestion()
                }
                try seen.requireAllowed()
                // The control: it did ask.
                #expect(seen.report.allowed[.door] != nil)
            }
            try await box.waitFor(state: "open", limit: .seconds(120))
            #expect(try await abs(box.clockError()) < 2)
        }

        @Test("With an uplink that has IPv6 alone", .timeLimit(.minutes(4)))
        func overIPv6() async throws {
            let (box, scene) = try await ClockScene.bed()
            let (_, seen) = try await scene.watching(.open(doors: Scene.doors)) {
                try await UplinkRouter.withoutDHCP {
                    try await box.start(clock: .at(0), until: "clock", limit: .seconds(120))
                    try await ClockScene.waitUntilTold("\"confirmed\"", by: box)
                    #expect(try await LabHost.box.run("ip", ["-4", "address", "show", "dev", "wan0"]).isEmpty)
                }
            }
            #expect(try await abs(box.clockError()) < 2)
            try seen.requireAllowed()
            try await box.start()
        }

        @Test("When most of those whom it may ask are dead", .timeLimit(.minutes(5)))
        func mostAreDead() async throws {
            let (box, scene) = try await ClockScene.bed()
            let dead = (100...130).map {
                Fallback(
                    fingerprint: String(repeating: "A", count: 37) + "\($0)",
                    address: .v4(IPv4Address("198.51.100.\($0)")!))
            }
            let living = try (1...3).map { try Fallback(TorNode(role: .guard, number: $0)) }
            let doors = Scene.doors.union((dead + living).flatMap(\.endpoints))
            let (_, seen) = try await scene.watching(.open(doors: doors)) {
                try await box.start(clock: .at(0), fallbacks: dead + living, until: "open", limit: .seconds(200))
            }
            #expect(try await abs(box.clockError()) < 2)
            try seen.requireAllowed()
        }
    }
}

/// What the tests of the clock have in common.
enum ClockScene {
    static let authorities = Set(
        TorNode.authorities.flatMap {
            [Endpoint(.v4($0.address), TorNode.orPort), Endpoint(.v6($0.addressV6), TorNode.orPort)]
        })

    /// Waits until the box tries to reach a relay, in vain or not.
    static func waitForAQuestion() async throws {
        try await wait(upTo: .seconds(30), for: "the box's question for the time") {
            try await LabHost.box.run("ss", ["-Htn", "state", "syn-sent"]).contains(":\(TorNode.orPort)")
        }
    }

    /// Waits until the box's owner is told something of the time.
    static func waitUntilTold(_ words: String, by box: LabBox) async throws {
        try await waitUntil("\"\(words)\" in `torbox time`", by: box) { $0.contains(words) }
    }

    /// Waits until the box's owner is told of each of these relays, by name or by place.
    static func waitUntilNamed(_ relays: [Fallback], by box: LabBox) async throws {
        for relay in relays {
            let marks = [relay.fingerprint] + relay.endpoints.map { "\($0)" }
            try await waitUntil("relay \(relay.fingerprint) in `torbox time`", by: box) { told in
                marks.contains(where: told.contains)
            }
        }
    }

    private static func waitUntil(_ name: String, by box: LabBox, _ holds: (String) -> Bool) async throws {
        try await wait(upTo: .seconds(60), for: name) {
            // More often the box does not answer.
            try await Task.sleep(for: .milliseconds(300))
            return try await holds(box.toldTime())
        }
    }

    /// Waits until the box has had a connection with each of these relays, over either family, and ended it.
    static func waitUntilAllWereHeard(_ relays: [Fallback], on box: LabBox) async throws {
        try await wait(upTo: .seconds(60), for: "a round of questions that every relay answers") {
            let flows = try await LabHost.box.run("conntrack", ["-L", "-p", "tcp"]).split(separator: "\n")
                .filter { $0.contains("[ASSURED]") }
            return relays.allSatisfy { relay in
                relay.endpoints.contains { place in flows.contains { $0.contains("dst=\(place.address) ") } }
            }
        }
    }

    /// A lab in which the box has been open once, so that all addresses are known.
    static func bed() async throws -> (LabBox, Scene) {
        let lab = try await Lab.up(checkout: Checkout(), log: StepLog(quiet: true), patience: .seconds(60))
        if try lab.box.currentState() != "open" { try await lab.box.start() }
        try await lab.box.waitForClients()
        return (lab.box, try await Scene(lab))
    }
}
