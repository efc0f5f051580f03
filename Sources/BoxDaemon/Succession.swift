import BoxConfiguration
import BoxFirewall
import BoxModel
import BoxRendering
import HostSystem
import Logging
import ServiceLifecycle

/// One daemon after the other: each works by one configuration, and hands over to the next where that changes.
struct Succession: Service {
    let first: Configuration
    let settings: SettingsFiles
    let paths: DaemonPaths
    let underSystemd: Bool
    let log: Logger

    func run() async throws {
        let desk = Desk(socket: paths.services.apiSocket, log: log)
        try await withThrowingTaskGroup { group in
            group.addTask { await desk.run() }
            group.addTask {
                try await reign(at: desk)
                throw CancellationError()
            }
            defer { group.cancelAll() }
            do {
                for try await _ in group {}
            } catch is CancellationError {}
        }
    }

    private func reign(at desk: Desk) async throws {
        var configuration = first
        var takenBack: Notice?
        // An earlier torboxd may have died between keeping the settings on trial and closing the box for them.
        if settings.isOnTrial { try await Firewall.close() }
        while true {
            let daemon = Daemon(
                configuration, settings: settings, takenBack: takenBack, paths: paths,
                manager: manager(configuration), log: log)
            do {
                try await daemon.prepare()
            } catch let error as HostError where settings.isOnTrial {
                takenBack = try settings.takeBack(because: "\(error)", configuration.settings, log)
                configuration = try await read()
                continue
            }
            let end = try await daemon.run(at: desk)
            await desk.seat(nil)
            switch end {
            case .stopped:
                return
            case .handedOver(let notice):
                takenBack = notice
                configuration = try await read()
            }
        }
    }

    private func read() async throws -> Configuration {
        do {
            return try settings.configuration()
        } catch {
            // Changed by hand meanwhile.
            try await Firewall.close()
            throw error
        }
    }

    private func manager(_ configuration: Configuration) -> any ServiceManager {
        guard !underSystemd else { return SystemdServices() }
        return ChildServices(
            paths: paths.services, user: configuration.tor.user, web: paths.web,
            webArguments: WebArguments(configuration, paths: paths.services))
    }
}
