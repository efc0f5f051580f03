import BoxAPI
import BoxModel
import BoxWeb
import Glibc
import NIOConcurrencyHelpers

/// A site over a torboxd that answers as a box in use does; what the pages make of the answers is what is tested.
struct SampleSite {
    static let password = "correct horse battery"

    let site: Site
    let ownerFile: String
    /// How often torboxd was asked.
    let asked = NIOLockedValueBox(0)
    /// What torboxd holds in force.
    let settings = NIOLockedValueBox(Settings())

    /// - Parameter ownerAt: where the owner's pages are alone; empty for everywhere.
    init(ownerAt: [String] = []) throws {
        ownerFile = "/tmp/torbox-web-test-\(UInt64.random(in: 0...UInt64.max))"
        site = try Site(
            addresses: SiteAddresses(
                names: ["torbox.lan", "10.44.0.1", "fd00::1", "10.85.0.1"], port: 80, ownerAt: ownerAt),
            ownerFile: ownerFile,
            ask: { [asked, settings] request in
                asked.withLockedValue { $0 += 1 }
                return settings.withLockedValue { Self.reply(to: request, holding: &$0) }
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

    private static func reply(to request: Request, holding settings: inout Settings) -> Reply {
        switch request {
        case .status:
            .status(
                StatusReport(
                    state: "open", obstacle: nil, waitingFor: nil, bootstrapPercent: 100, torVersion: "0.4.9.11",
                    uptimeSeconds: 93784,
                    version: "0.1",
                    notices: []))
        case .devices:
            .devices([
                DeviceReport(
                    name: "<b>Ana's & telephone</b>", hardwareAddress: "02:00:00:00:00:01", isConnected: true,
                    addresses: ["10.44.0.10"], firstSeen: "2026-11-01", lastSeen: "2026-11-22", ownTor: false,
                    isBlocked: false,
                    use: .init(sentBytes: 1_200_000, receivedBytes: 34_000_000, guardsOpened: 3, guardsPerDay: 30)),
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
            .refused(Refusal(.cannotSay, "no page asks"))
        case .settings:
            .settings(settings)
        case .change(let new):
            change(to: new, in: &settings)
        case .rename, .ownTor, .block, .unblock, .setTime:
            .done
        }
    }
}
