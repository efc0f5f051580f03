import BoxAPI
import BoxModel
import BoxRendering
import Glibc
import HostSystem
import NetAddress

/// Services as daemons that torboxd starts itself; they outlive it, and the next torboxd finds them by their pid files.
struct ChildServices: ServiceManager {
    let paths: ServicePaths
    /// The system user that tor runs as.
    let user: String
    /// The program of the pages.
    let web: String
    let webArguments: WebArguments

    func keepRunning(_ service: BoxService) async throws {
        guard try await process(of: service) == nil else { return }
        // start-stop-daemon would believe a file whose number has gone to somebody else.
        switch service {
        case .web:
            try DurableFile(paths.webPidFile).remove()
            // In memory: a program that ends at once, again and again, must not fill it.
            try DurableFile(paths.webNotices).remove()
        case .snowflake: try DurableFile(paths.snowflakePidFile).remove()
        case .tor, .dnsmasq, .chrony: break
        }
        try await start(service).run()
    }

    func reload(_ service: BoxService) async throws {
        try await process(of: service)?.send(SIGHUP)
    }

    func stop(_ service: BoxService) async throws {
        try await process(of: service)?.end(limit: .seconds(10))
    }

    /// The machine is somebody else's, who did not ask for a box that switches it off.
    func requireMachine() throws {
        throw Refusal(
            .notHere,
            """
            this torboxd does not run the machine: it starts its services itself, as in a laboratory or a container; \
            restart the machine or switch it off by its own means
            """)
    }

    func give(_ order: MachineOrder) async throws {
        try requireMachine()
    }

    /// Nor to have its packages changed.
    func startUpdate() async throws {
        try requireMachine()
    }

    func torComplaints() throws -> String? {
        let notices = DurableFile(paths.torNotices)
        guard notices.exists else { return nil }
        return Complaints(log: String(decoding: try notices.readUntrusted(limit: 16 << 20), as: UTF8.self))?.words
    }

    func airlockLoader(_ paths: DaemonPaths) -> Command {
        Command(paths.airlockLoader, [paths.airlock])
    }

    /// Whoever runs torboxd like this has given the machine a resolver by other means.
    func uplinkResolvers(_ uplinks: [InterfaceName]) -> [IPv4Address]? { nil }

    /// Nothing: whoever runs torboxd like this has given addresses by other means.
    func arrange(_ network: NetworkFiles) {}

    func command(_ command: Command, as user: String, group: String) -> Command {
        command.with(user: user, group: group)
    }

    /// All of them become daemons: all but the last two return once they listen, and no torboxd that ends takes them along.
    func start(_ service: BoxService) -> Command {
        switch service {
        case .tor:
            Command.tor(paths.torrc, ["--hush", "--RunAsDaemon", "1", "--Log", "notice file \(paths.torNotices)"])
                .with(user: user)
        case .dnsmasq:
            Command("dnsmasq", ["--conf-file=\(paths.dnsmasqConfiguration)"])
        case .chrony:
            Command.chrony(["-f", paths.chronyConfiguration])
        case .web:
            Command.web(web, webArguments, paths: paths)
        case .snowflake:
            Command.snowflake(paths: paths)
        }
    }

    private func process(of service: BoxService) async throws -> RunningProcess? {
        switch service {
        case .tor:
            try await RunningProcess(pidFile: paths.torPidFile, having: paths.torrc)
        case .dnsmasq:
            try await RunningProcess(pidFile: paths.dnsmasqPidFile, having: "--conf-file=\(paths.dnsmasqConfiguration)")
        case .chrony:
            try await RunningProcess(pidFile: paths.chronyPidFile, having: paths.chronyConfiguration)
        case .web:
            try await RunningProcess(pidFile: paths.webPidFile, having: "--owner=\(paths.webOwner)")
        case .snowflake:
            try await RunningProcess(pidFile: paths.snowflakePidFile, having: "/usr/bin/snowflake-client")
        }
    }
}
