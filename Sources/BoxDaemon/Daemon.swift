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

/// The box at work by one configuration: watches the host and tor, decides, acts, until it is asked to end, which
/// leaves the box closed, or until another configuration is in force.
struct Daemon: Sendable {
    private let configuration: Configuration
    private let settings: SettingsFiles
    private let takenBack: Notice?
    private let paths: DaemonPaths
    private let services: Services
    private let log: Logger

    enum End {
        case stopped
        /// To another daemon, which reads the settings anew; what runs goes on. With what the owner should know of
        /// settings that were taken back.
        case handedOver(Notice?)
    }

    /// - Parameter takenBack: what the owner should know of settings that were taken back.
    init(
        _ configuration: Configuration, settings: SettingsFiles, takenBack: Notice?, paths: DaemonPaths,
        manager: any ServiceManager, log: Logger
    ) {
        self.configuration = configuration
        self.settings = settings
        self.takenBack = takenBack
        self.paths = paths
        self.log = log
        services = Services(configuration: configuration, paths: paths.services, manager: manager, log: log)
    }

    /// Writes the services' files.
    ///
    /// - Throws: ``HostError`` with what a service says of its own.
    func prepare() async throws {
        try await services.prepare()
    }

    /// Runs, prepared, until the process is asked to end or other settings are in force.
    func run(at desk: Desk) async throws -> End {
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
        let torLog = TorLog(bridges: configuration.bridges)
        let torWatch = TorWatch(
            session: ControlSession(
                socketPath: paths.services.torControlSocket, cookiePath: paths.services.torControlCookie,
                events: TorWatch.events),
            box: box, consensusWatch: consensusWatch, inbox: inbox, clock: clockInbox,
            reachesBridges: configuration.proxy == nil && !configuration.bridges.isEmpty, torLog: torLog, log: log)

        let nftables = try Nftables()
        let deviceWatch = DeviceWatch(
            file: DeviceFile(paths.devicesFile), leaseFile: paths.services.dnsmasqLeases,
            lan: configuration.lan.interface, guardsPerDay: configuration.ownTor.guardsPerDeviceAndDay, log: log,
            guardsOpened: { try await GuardsOpened.now(nftables) }, use: { try await DeviceUse.now(nftables) },
            tell: { ownTor, blocked in inbox.send(.devices(ownTor: ownTor, blocked: blocked)) })
        let trafficWatch = TrafficWatch(uplinks: configuration.uplinks, log: log)
        let machineOrder = PendingOrder { inbox.send(.stopping) }
        let changes = Changes(
            configuration, settings: settings, paths: paths.services, services: services, box: box, log: log)
        let answers = Answers(
            configuration, paths: paths, box: box, devices: deviceWatch, clock: clockWatch, traffic: trafficWatch,
            changes: changes, takenBack: takenBack, nftables: nftables, services: services.manager,
            machineOrder: machineOrder, torLog: torLog, log: log)

        let updateWatch = UpdateWatch(box: box, services: services.manager, folder: paths.updates, log: log)
        let namesOverTCP = NamesOverTCP(port: Int(configuration.tor.dnsPort))

        await desk.seat(answers)
        let end = try await withGracefulShutdownHandler {
            try await withThrowingTaskGroup(of: Box.End?.self) { group in
                func watch(_ run: @escaping @Sendable () async throws -> Void) {
                    group.addTask {
                        try await run()
                        return nil
                    }
                }
                watch { try await hostWatch.run() }
                watch { await torWatch.run() }
                watch {
                    if let doors = configuration.onlyDoors {
                        // What a consensus lists must not become a door.
                        let what =
                            configuration.proxy == nil ? "\(configuration.bridges.count) bridges are" : "the proxy is"
                        log.notice("\(what) the only way out; own-tor.policy is never")
                        inbox.send(
                            .entrances(
                                Entrances(onlyDoors: doors, throughSnowflake: configuration.usesSnowflake)))
                    } else {
                        await consensusWatch.run()
                    }
                }
                watch { await clockWatch.run() }
                if configuration.usesSnowflake {
                    watch { await SnowflakeWatch(inbox: inbox, log: log).run() }
                }
                watch { await services.keepRunning() }
                watch { try await namesOverTCP.run() }
                watch { await deviceWatch.run() }
                watch { await trafficWatch.run() }
                watch { try await changes.tryOut() }
                watch { await updateWatch.run() }
                // The box's own end ends the watchers; one that fails takes the daemon down, as closed as the box is.
                group.addTask { await box.run() }
                defer { group.cancelAll() }
                for try await case let end? in group { return end }
                return .stopped
            }
        } onGracefulShutdown: {
            inbox.send(.stopping)
        }
        await clockWatch.stop()
        switch end {
        case .handedOver:
            return .handedOver(await changes.takenBack)
        case .stopped:
            await services.stop()
            if let order = machineOrder.taken {
                log.notice("the owner's word: \(order.rawValue)")
                try await services.manager.give(order)
            }
            return .stopped
        }
    }
}
