import BoxConfiguration
import BoxDevices
import BoxFirewall
import BoxModel
import BoxRendering
import BoxSupervisor
import HostSystem
import Logging
import Nftables
import ServiceLifecycle
import TorControl

/// The box at work: watches the host and tor, decides, acts, until it is asked to end; then the box is closed.
public struct Daemon: Service {
    private let configuration: Configuration
    private let paths: DaemonPaths
    private let services: Services
    private let log: Logger

    init(_ configuration: Configuration, paths: DaemonPaths, manager: any ServiceManager, log: Logger) {
        self.configuration = configuration
        self.paths = paths
        self.log = log
        services = Services(configuration: configuration, paths: paths.services, manager: manager, log: log)
    }

    public func run() async throws {
        let firewall = try Firewall(
            folder: paths.airlock, files: AirlockFiles(configuration).contents,
            loader: services.manager.airlockLoader(paths),
            uplinks: configuration.uplinks,
            lan: configuration.lan.interface)
        let inbox = Inbox()
        let clockInbox = ClockInbox()
        let hostWatch = HostWatch(
            uplinks: configuration.uplinks, firewall: firewall, inbox: inbox, clock: clockInbox, log: log)
        let consensusWatch = ConsensusWatch(
            configuration.tor, folder: paths.services.torDataDirectory, inbox: inbox, clock: clockInbox, log: log)
        let clockWatch = try ClockWatch(
            configuration,
            reader: ClockReader(
                command: services.manager.command(Command(paths.clockReader), as: configuration.time.user)),
            files: ClockFiles(state: paths.state, runtime: paths.runtime), clockInbox: clockInbox, inbox: inbox,
            consensusWatch: consensusWatch, restartTor: { try await services.manager.stop(.tor) }, log: log)
        let box = Box(
            configuration, firewall: firewall, services: services, clock: clockWatch, inbox: inbox,
            stateFile: DurableFile(paths.stateFile), log: log)
        let torWatch = TorWatch(
            session: ControlSession(
                socketPath: paths.services.torControlSocket, cookiePath: paths.services.torControlCookie,
                events: TorWatch.events),
            box: box, consensusWatch: consensusWatch, inbox: inbox, clock: clockInbox,
            hasBridges: !configuration.bridges.isEmpty, log: log)

        let nftables = try Nftables()
        let deviceWatch = DeviceWatch(
            file: DeviceFile(paths.devicesFile), leaseFile: paths.services.dnsmasqLeases,
            lan: configuration.lan.interface, guardsPerDay: configuration.ownTor.guardsPerDeviceAndDay, log: log,
            guardsOpened: { try await GuardsOpened.now(nftables) },
            tell: { ownTor, blocked in inbox.send(.devices(ownTor: ownTor, blocked: blocked)) })
        let answers = Answers(
            configuration, paths: paths, box: box, devices: deviceWatch, clock: clockWatch, nftables: nftables,
            log: log)

        let namesOverTCP = NamesOverTCP(port: Int(configuration.tor.dnsPort))

        try await services.prepare()
        try await withGracefulShutdownHandler {
            try await withThrowingTaskGroup { group in
                group.addTask { try await hostWatch.run() }
                group.addTask { await torWatch.run() }
                group.addTask {
                    if let entrances = Entrances(bridges: configuration.bridges) {
                        // What a consensus lists must not become a door.
                        log.notice("\(entrances.doors.count) bridges are the only doors; own-tor.policy is never")
                        inbox.send(.entrances(entrances))
                    } else {
                        await consensusWatch.run()
                    }
                }
                group.addTask { await clockWatch.run() }
                group.addTask { await services.keepRunning() }
                group.addTask { try await namesOverTCP.run() }
                group.addTask { await deviceWatch.run() }
                group.addTask { await answers.run() }
                // The box's own end ends the watchers; one that fails takes the daemon down, as closed as the box is.
                group.addTask {
                    await box.run()
                    throw CancellationError()
                }
                defer { group.cancelAll() }
                do {
                    for try await _ in group {}
                } catch is CancellationError {}
            }
        } onGracefulShutdown: {
            inbox.send(.stopping)
        }
        await clockWatch.stop()
        await services.stop()
    }
}
