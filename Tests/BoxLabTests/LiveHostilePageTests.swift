import HostSystem
import NetAddress
import Testing
import TorControl

@testable import BoxLab

extension Live {
    @Suite("A page that embeds the two ports of its owner's relay", .serialized, .lab)
    struct HostilePageTests {
        enum Household: String, CaseIterable {
            case automatic, chosenAndTicked, chosenAndNotTicked, never

            var policy: String {
                switch self {
                case .automatic, .never: rawValue
                case .chosenAndTicked, .chosenAndNotTicked: "chosen"
                }
            }

            /// Whether an ordinary browser in it shows the household's address to a relay with the flag Guard.
            var isShown: Bool {
                switch self {
                case .automatic, .chosenAndTicked: true
                case .chosenAndNotTicked, .never: false
                }
            }
        }

        private static let row = Row.open(
            doors: Scene.doors.union(HostileRelay.torPorts), guards: Scene.guards.union(HostileRelay.torPorts))

        private func lab(_ mode: LabMode) async throws -> Lab {
            try await Lab.up(mode: mode, checkout: Checkout(), log: StepLog(quiet: true), patience: .seconds(60))
        }

        private func scene(_ household: Household) async throws -> Scene {
            // The relay says that it has a directory port, and is no guard.
            try await lab(.withoutBox).tor.prepareForEditions(Edition(directories: [HostileRelay.node]))
            let lab = try await lab(.box)
            try await lab.box.start(policy: household.policy)
            if household == .chosenAndTicked { try await lab.box.tick(true, at: .client2) }
            return try await Scene(lab)
        }

        private func becomesGuard(_ box: LabBox, _ tor: TorNetwork) async throws {
            let guards = Edition.usualGuards.union([HostileRelay.node])
            try await box.askForConsensus(tor.publish(Edition(guards: guards, directories: [HostileRelay.node])))
            try await box.knowsHostileGuard()
        }

        @Test(
            "Without Guard Tor carries all of it; with Guard the policy decides who is shown",
            arguments: Household.allCases)
        func policies(household: Household) async throws {
            let scene = try await scene(household)
            let before = try await scene.visit(by: .curl, Self.row)
            #expect(before.straight.isEmpty)
            #expect(before.carried.isSuperset(of: HostileRelay.torPorts + HostileRelay.directoryPorts))
            try await becomesGuard(scene.lab.box, scene.lab.tor)
            let after = try await scene.visit(by: .curl, Self.row)
            #expect(after.straight == (household.isShown ? scene.shownByTheBox : []))
            #expect(after.carried.isSuperset(of: HostileRelay.directoryPorts))
            #expect(after.carried.isDisjoint(with: HostileRelay.torPorts) == household.isShown)
            for visit in [before, after] { expectOnlyExits(visit, scene) }
        }

        /// On its directory port the relay was asked by an exit, and perhaps by relays for a consensus.
        private func expectOnlyExits(_ visit: PageVisit, _ scene: Scene) {
            #expect(visit.visitors.contains { $0.isExit })
            #expect(visit.visitors.isDisjoint(with: scene.household))
        }

        @Test("A real browser does the same as curl")
        func browser() async throws {
            let scene = try await scene(.automatic)
            let before = try await scene.visit(by: .chromium, Self.row)
            #expect(before.straight.isEmpty)
            #expect(before.carried.isSuperset(of: HostileRelay.torPorts + HostileRelay.directoryPorts))
            try await becomesGuard(scene.lab.box, scene.lab.tor)
            let after = try await scene.visit(by: .chromium, Self.row)
            #expect(after.straight == scene.shownByTheBox)
            #expect(after.carried.isSuperset(of: HostileRelay.directoryPorts))
            for visit in [before, after] { expectOnlyExits(visit, scene) }
        }

        @Test("With the box's rules away both ports see the household", arguments: [Browser.curl, .chromium])
        func naked(browser: Browser) async throws {
            let lab = try await lab(.naked)
            let scene = try await Scene(lab)
            let visit = try await scene.visit(by: browser)
            #expect(Set(visit.straight.map(\.destination)).isSuperset(of: HostileRelay.torPorts))
            #expect(visit.visitors.isSuperset(of: scene.household))
        }
    }
}

/// What opens a page and all that it embeds.
enum Browser: CaseIterable {
    /// Fetches the page, then each embedded address by itself.
    case curl
    /// Debian's Chromium without a window.
    case chromium

    fileprivate func open(_ address: String, on host: LabHost) async throws {
        switch self {
        case .curl:
            let page = try await host.run(
                "curl",
                [
                    "--silent", "--show-error", "--fail", "--retry", "20", "--retry-all-errors", "--max-time", "30",
                    address,
                ],
                limit: .seconds(90))
            let embedded = page.matches(of: #/src="([^"]+)"/#).map { String($0.output.1) }
            try expect(embedded.count == 4, "the page embeds \(embedded)")
            for address in embedded {
                // What answers is no picture, and an exit may refuse.
                _ = try await host.outcome("curl", ["--silent", "--globoff", "--max-time", "10", address])
            }
        case .chromium:
            let profile = LabFolder.run / "chromium"
            var page = ""
            // As curl above: an exit may end a connection before the page has come.
            try await wait(upTo: .seconds(120), for: "the page in Chromium") {
                let outcome = try await host.outcome(
                    "chromium-headless-shell",
                    ["--no-sandbox", "--disable-gpu", "--no-first-run", "--user-data-dir=\(profile.path)"]
                        + ["--timeout=40000", "--dump-dom", address],
                    limit: .seconds(90))
                page = outcome.output
                return outcome.status == 0
            }
            try expect(page.contains("A page with a relay"), "Chromium shows \(page)")
            try profile.remove()
        }
    }
}

/// Where a browser's connections to the hostile relay went.
struct PageVisit {
    /// Past the box's Tor, as the uplink saw them.
    let straight: Set<ForwardedPacket>
    /// By the box's Tor.
    let carried: Set<Endpoint>
    /// Whom the relay's directory port saw meanwhile.
    let visitors: Set<IPAddress>
}

extension Scene {
    /// Opens the hostile page on `client2`.
    fileprivate func visit(by browser: Browser, _ row: Row? = nil) async throws -> PageVisit {
        let earlier = try HostileRelay.visitors().count
        let (streams, seen) = try await watching(row ?? .closed) {
            try await streamsSeen { try await browser.open(HostileRelay.pageAddress, on: .client2) }.streams
        }
        if row != nil { try seen.requireAllowed() }
        let ports = HostileRelay.torPorts + HostileRelay.directoryPorts
        return PageVisit(
            straight: try forwardedPackets(in: seen.file),
            carried: Set(ports.filter { port in streams.contains { $0.target == "\(port)" } }),
            visitors: Set(try HostileRelay.visitors().dropFirst(earlier)))
    }

    /// How the world sees the household: the box's addresses on the uplink.
    fileprivate var household: Set<IPAddress> { [.v4(context.uplink4), .v6(context.uplink6)] }

    /// What the hostile relay's Tor ports see of a device that goes there straight.
    fileprivate var shownByTheBox: Set<ForwardedPacket> {
        Set(
            zip([IPAddress.v4(context.uplink4), .v6(context.uplink6)], HostileRelay.torPorts).map {
                ForwardedPacket(source: $0, destination: $1)
            })
    }
}

extension IPAddress {
    fileprivate var isExit: Bool {
        TorNode.relays.contains { $0.role == .exit && (.v4($0.address) == self || .v6($0.addressV6) == self) }
    }
}
