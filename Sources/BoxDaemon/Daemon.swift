import BoxConfiguration
import BoxFirewall
import BoxRendering
import BoxSupervisor
import HostSystem
import Logging
import ServiceLifecycle
import TorControl

/// The box at work: watches the host and tor, decides, acts, until it is asked to end; then the box is closed.
public struct Daemon: Service {
    private let configuration: Configuration
    private let paths: DaemonPaths
    private let services: any ServiceManager
    private let log: Logger

    init(_ configuration: Configuration, paths: DaemonPaths, services: any ServiceManager, log: Logger) {
        self.configuration = configuration
        self.paths = paths
        self.services = services
        self.log = log
    }

    public func run() async throws {
        let firewall = try Firewall(
            folder: paths.airlock, loader: paths.airlockLoader, uplinks: configuration.uplinks,
            lan: configuration.lan.interface)
        let inbox = Inbox()
        let box = Box(
            configuration, firewall: firewall, inbox: inbox, stateFile: DurableFile(paths.stateFile), log: log)
        let hostWatch = HostWatch(uplinks: configuration.uplinks, firewall: firewall, inbox: inbox, log: log)
        let torWatch = TorWatch(
            configuration: configuration.tor,
            session: ControlSession(
                socketPath: paths.services.controlSocket, cookiePath: paths.services.controlCookie,
                events: TorWatch.events),
            box: box, inbox: inbox, log: log)
        let keeper = ServiceKeeper(manager: services, log: log)

        try await prepareServices()
        try await withGracefulShutdownHandler {
            try await withThrowingTaskGroup { group in
                group.addTask { try await hostWatch.run() }
                group.addTask { await torWatch.run() }
                group.addTask { await keeper.run() }
                // A watcher that fails takes the daemon down; the box stays as closed as it is.
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
        await keeper.stopAll()
    }

    /// Renders the services' files; a service that runs with an older file is ended, to be started with the new one.
    private func prepareServices() async throws {
        for service in try await ServiceFiles(configuration, paths: paths.services).write() {
            log.info("\(service.rawValue): its configuration is new")
            try await services.stop(service)
        }
    }
}
