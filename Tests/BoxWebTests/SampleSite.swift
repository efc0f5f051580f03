import BoxAPI
import BoxModel
import BoxWeb
import Glibc
import NIOConcurrencyHelpers

/// A site over a torboxd that answers as a box in use does; what the pages make of the answers is what is tested.
struct SampleSite {
    /// What a test may have otherwise.
    struct Condition: Sendable {
        var policy = "chosen"
        var guestsChoose = true
        var samples = (0..<60).map { Rate(received: $0 * 20_000, sent: $0 * 500) }
    }

    static let password = "correct horse battery"

    static let backup = BackupFile("-----BEGIN PGP MESSAGE-----\n\nabc\n-----END PGP MESSAGE-----\n".utf8)!

    static let updates = UpdatesReport(
        checked: 1_795_350_896,
        pending: [
            .init(name: "tor", installed: "0.4.8.1-1", available: "0.4.8.2-1<b>"),
            .init(name: "linux-image-2", installed: nil, available: "2"),
        ], running: nil, failure: .init(time: 1_795_350_900, reason: "no <way>"), restartFor: ["libc.so.6"])

    let site: Site
    let ownerFile: String
    let condition = NIOLockedValueBox(Condition())
    /// How often torboxd was asked.
    let asked = NIOLockedValueBox(0)
    /// Each change of a device's own Tor that torboxd was asked for.
    let changes = NIOLockedValueBox<[String]>([])
    /// What torboxd holds in force.
    let settings = NIOLockedValueBox(Settings())

    /// - Parameters:
    ///   - ownerAt: where the owner's pages are alone; empty for everywhere.
    ///   - answer: what this torboxd says differently; `nil` for all else.
    init(ownerAt: [String] = [], _ answer: @escaping @Sendable (Request) -> Reply? = { _ in nil }) throws {
        ownerFile = "/tmp/torbox-web-test-\(UInt64.random(in: 0...UInt64.max))"
        site = try Site(
            addresses: SiteAddresses(
                names: ["torbox.lan", "10.44.0.1", "fd00::1", "10.85.0.1"], port: 80, ownerAt: ownerAt),
            ownerFile: ownerFile,
            ask: { [asked, condition, changes, settings] request in
                asked.withLockedValue { $0 += 1 }
                if case .ownTor(let device, let isOn) = request {
                    changes.withLockedValue { $0.append("\(device): \(isOn)") }
                }
                if let otherwise = answer(request) { return otherwise }
                let condition = condition.withLockedValue { $0 }
                return settings.withLockedValue { Self.reply(to: request, condition, holding: &$0) }
            })
    }

    func remove() {
        unlink(ownerFile)
        unlink("\(ownerFile)-first-visit")
    }

    /// A browser whose reader has chosen the password just now.
    func owner() async throws -> Visitor {
        var visitor = Visitor(site)
        _ = try await visitor.submit(
            "/welcome", ["password": Self.password, "again": Self.password], from: "/welcome")
        return visitor
    }

    private static func reply(to request: Request, _ condition: Condition, holding settings: inout Settings) -> Reply {
        switch request {
        case .status:
            .status(
                StatusReport(
                    state: "open", obstacle: nil, waitingFor: nil, bootstrapPercent: 100, torVersion: "0.4.9.11",
                    uptimeSeconds: 93784,
                    version: "0.1",
                    notices: [], ownTorPolicy: condition.policy, guestsChooseOwnTor: condition.guestsChoose,
                    notesPlaces: settings.notesPlaces))
        case .devices:
            .devices([
                DeviceReport(
                    name: "<b>Ana's & telephone</b>", hardwareAddress: "02:00:00:00:00:01", isConnected: true,
                    addresses: ["10.44.0.10"], firstSeen: "2026-11-01", lastSeen: "2026-11-22", ownTor: false,
                    isBlocked: false,
                    use: .init(
                        sentBytes: 1_200_000, receivedBytes: 34_000_000, now: Rate(received: 1_500_000, sent: 2_000),
                        guardsOpened: 3, guardsPerDay: 30)),
                DeviceReport(
                    name: "kitchen", hardwareAddress: "02:00:00:00:00:02", isConnected: false, addresses: [],
                    firstSeen: "2026-11-01", lastSeen: "2026-11-20", ownTor: true, isBlocked: true,
                    use: nil),
            ])
        case .doors:
            .doors([DoorsReport(set: "netdev torbox doors4", endpoints: ["192.0.2.1:443"])])
        case .why(let destination, _):
            .why(WhyReport(destination: destination, device: nil, fate: .refused, rule: "passing: jump refuse"))
        case .rename(_, "taken"):
            .refused(Refusal(.badArgument, "another device has this name"))
        case .time:
            .time(
                TimeReport(
                    trust: .provisional, now: 1_795_350_896, earliest: 1_790_000_000, latest: 2_100_000_000,
                    checkedSecondsAgo: 75, behind: [-0.2, 1.7],
                    agreeing: [ClockWitness(relay: "AB12", endpoint: "192.0.2.1:443", deviation: 0)],
                    dissenting: [ClockWitness(relay: "CD34", endpoint: "192.0.2.2:443", deviation: -3700)],
                    failures: ["192.0.2.3:443: no answer"], notice: nil))
        case .setTime(0):
            .refused(
                Refusal(
                    .badArgument, "in torboxd's words",
                    reason: Reason(.timeOutOfBounds, "2026-01-01 00:00:00 UTC", "2099-01-01 00:00:00 UTC")))
        case .machine:
            .machine(
                MachineReport(
                    memory: .init(total: 4_000_000_000, available: 1_000_000_000),
                    disk: .init(total: 30_000_000_000, available: 20_000_000_000),
                    temperatures: [.init(sensor: "cpu-thermal", celsius: 48.25)], load: [0.5, 0.1, 0], processors: 4,
                    kernel: "6.1.0-28-arm64", debian: "12.11", uptimeSeconds: 93784))
        case .airlock:
            .airlock(
                AirlockReport(
                    chains: [
                        .init(
                            name: "netdev torbox uplink_1", hook: "policy drop;",
                            rules: [.init(text: "jump leaving", meaning: .asksOthers, places: nil)]),
                        .init(
                            name: "netdev torbox leaving", hook: nil,
                            rules: [
                                .init(text: "tcp dport @doors4 accept", meaning: .letsTor, places: 1234),
                                .init(text: "meta mark <1> accept", meaning: nil, places: nil),
                            ]),
                    ],
                    sets: [.init(name: "netdev torbox doors4", count: 1234)]))
        case .restart:
            .refused(Refusal(.notHere, "this torboxd does not run the machine"))
        case .backup:
            .backup(backup)
        case .restore(_, "wrong"):
            .refused(
                Refusal(
                    .badArgument, "3 mistakes",
                    mistakes: [
                        .init(key: "bridges.lines[2]", found: "x", allowed: "a line", reason: Reason(.bridgeKind)),
                        .init(key: "wifi.name", found: "no name", allowed: "a name"),
                        .init(key: "lan.ipv4", found: "<x>", allowed: "a network"),
                    ]))
        case .restore(_, "another"):
            .refused(Refusal(.badArgument, "in torboxd's words", reason: Reason(.backupUnopened)))
        case .settings:
            .settings(settings)
        case .change(let new):
            change(to: new, in: &settings)
        case .traffic:
            .traffic(TrafficReport(samples: condition.samples, secondsBetween: 2))
        case .refused:
            .refusals([
                RefusalsReport(
                    device: "<b>Ana's & telephone</b>",
                    entries: RefusalsReport.Kind.allCases.map { .init(kind: $0, count: 3, lastSecondsAgo: 65) },
                    destinations: ["198.51.100.77", "2001:db8::77"]),
                RefusalsReport(device: "oven", entries: [.init(kind: .vpn, count: 987, lastSecondsAgo: 1)]),
            ])
        case .circuits: .circuits(SampleTor.circuits)
        case .newIdentity: .newIdentity(NewIdentityReport(delaySeconds: 7))
        case .torLog: .torLog(SampleTor.log)
        case .updates: .updates(updates)
        case .rename, .ownTor, .block, .unblock, .setTime, .powerOff, .restore, .update:
            .done
        }
    }
}
