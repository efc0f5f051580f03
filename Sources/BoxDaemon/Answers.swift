import BoxAPI
import BoxConfiguration
import BoxDevices
import BoxModel
import BoxRendering
import BoxTime
import HostSystem
import Logging
import NetAddress
import Nftables
import NftablesReading
import TorControl

/// Answers the owner's requests. Of all that can be asked only settings reach the sets `doors` and `guards`, through a
/// configuration that was judged as a whole and a box that was closed for it.
struct Answers: Sendable {
    let configuration: Configuration
    let paths: DaemonPaths
    let box: Box
    let devices: DeviceWatch
    let clock: ClockWatch
    let traffic: TrafficWatch
    let changes: Changes
    let takenBack: Notice?
    let nftables: Nftables
    let services: any ServiceManager
    let machineOrder: PendingOrder
    let torLog: TorLog
    let identities = Identities()
    let log: Logger
    private let start = ContinuousClock.now

    init(
        _ configuration: Configuration, paths: DaemonPaths, box: Box, devices: DeviceWatch, clock: ClockWatch,
        traffic: TrafficWatch, changes: Changes, takenBack: Notice?, nftables: Nftables, services: any ServiceManager,
        machineOrder: PendingOrder, torLog: TorLog, log: Logger
    ) {
        self.configuration = configuration
        self.clock = clock
        self.traffic = traffic
        self.changes = changes
        self.takenBack = takenBack
        self.paths = paths
        self.box = box
        self.devices = devices
        self.nftables = nftables
        self.services = services
        self.machineOrder = machineOrder
        self.torLog = torLog
        self.log = log
    }

    func answer(_ request: Request) async -> BoxAPI.Reply {
        do {
            return try await reply(to: request)
        } catch let error as DeviceError {
            return .refused(Refusal(.badArgument, "\(error)"))
        } catch let error as TimeRefusal {
            return .refused(Refusal(error))
        } catch let error as ReadingError where error.kind == .cannotSay {
            return .refused(Refusal(.cannotSay, "\(error)"))
        } catch let error as Refusal {
            return .refused(error)
        } catch {
            log.error("requests: \(request.verb.rawValue): \(error)")
            return .refused(Refusal(.failed, "\(error)"))
        }
    }

    private func reply(to request: Request) async throws -> BoxAPI.Reply {
        switch request {
        case .status:
            return .status(try await status())
        case .devices:
            return .devices(await deviceReports())
        case .rename(let name, let alias):
            let alias = try Alias(alias)
            try await devices.change(name) { try $0.rename($1, to: alias) }
        case .ownTor(let name, let isOn):
            try await devices.change(name) { $0.setOwnTor(isOn, of: $1) }
        case .block(let name):
            try await devices.change(name) { $0.setBlocked(true, $1) }
        case .unblock(let name):
            try await devices.change(name) { $0.setBlocked(false, $1) }
        case .doors:
            let ruleset = try Ruleset(json: await nftables.json())
            return .doors(
                ruleset.setsOfEndpoints.map { set in
                    DoorsReport(set: set, endpoints: (ruleset.endpoints(of: set) ?? []).map(\.description))
                })
        case .time:
            return .time(try await clock.report())
        case .setTime(let seconds):
            try await clock.set(seconds)
        case .settings:
            return .settings(configuration.settings)
        case .change(let settings):
            try await changes.change(to: settings)
        case .why(let destination, let device):
            return .why(
                try await Why(configuration: configuration, nftables: nftables, devices: devices)
                    .report(on: destination, from: device))
        case .traffic:
            return .traffic(await traffic.report())
        case .refused(let device):
            return .refusals(try await refusals(of: device))
        case .machine:
            return .machine(try machine())
        case .airlock:
            return .airlock(try await airlock())
        case .restart:
            try order(.restart)
        case .powerOff:
            try order(.powerOff)
        case .backup(let passphrase):
            return .backup(try await backup(passphrase))
        case .restore(let file, let passphrase):
            try await restore(file, passphrase)
        case .circuits:
            return .circuits(try await circuits())
        case .newIdentity:
            return .newIdentity(try await newIdentity())
        case .torLog:
            return .torLog(await torLog.lines)
        case .updates:
            return .updates(try updates())
        case .update:
            try await startUpdate()
        }
        return .done
    }

    /// The state is what torboxd last announced; tor's percentage and version are asked of tor.
    private func status() async throws -> StatusReport {
        let words = try DurableFile(paths.stateFile).textIfThere() ?? "unknown\n"
        let parts = words.dropLast().split(separator: ":", maxSplits: 1)
        let tor = await tor()
        return StatusReport(
            state: parts.first.map(String.init) ?? "unknown",
            obstacle: parts.count > 1 ? String(parts[1].drop { $0 == " " }) : nil,
            waitingFor: await box.situation?.obstacle.map(StatusReport.Obstacle.init),
            bootstrapPercent: tor?.percent,
            torVersion: tor?.version,
            uptimeSeconds: Int((ContinuousClock.now - start).components.seconds),
            version: BoxVersion.current,
            notices: await notices(),
            ownTorPolicy: configuration.ownTor.policy.rawValue,
            guestsChooseOwnTor: configuration.ownTor.guestsChoose,
            notesPlaces: configuration.pages.notesPlaces)
    }

    private func tor() async -> (percent: Int, version: String)? {
        do {
            return try await withTor(limit: .seconds(3)) {
                (try await $0.bootstrapPhase().progress, try await $0.version())
            }
        } catch {
            // The watch over tor logs the reason; here its absence is the answer.
            return nil
        }
    }
}
