import BoxRendering
import Glibc
import HostSystem

/// Services as daemons that torboxd starts itself; they outlive it, and the next torboxd finds them by their pid files.
struct ChildServices: ServiceManager {
    let paths: ServicePaths

    func keepRunning(_ service: BoxService) async throws {
        guard try process(of: service) == nil else { return }
        try await start(service).run()
    }

    func stop(_ service: BoxService) async throws {
        guard let process = try process(of: service) else { return }
        try await process.end(limit: .seconds(10))
    }

    /// Both programs become daemons: they return once they listen, and no torboxd that ends takes them along.
    func start(_ service: BoxService) -> Command {
        switch service {
        case .tor: Command("tor", ["-f", paths.torrc, "--RunAsDaemon", "1"])
        case .dnsmasq: Command("dnsmasq", ["--conf-file=\(paths.dnsmasqConfiguration)"])
        }
    }

    private func process(of service: BoxService) throws(HostError) -> RunningProcess? {
        switch service {
        case .tor: try RunningProcess(pidFile: paths.torPidFile, having: paths.torrc)
        case .dnsmasq: try RunningProcess(pidFile: paths.dnsmasqPidFile, having: "--conf-file=\(paths.dnsmasqConfiguration)")
        }
    }
}
