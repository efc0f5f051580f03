import HostSystem

/// Services as units of systemd, which restarts them by itself.
struct SystemdServices: ServiceManager {
    func keepRunning(_ service: BoxService) async throws {
        try await Self.start(service).run()
    }

    func stop(_ service: BoxService) async throws {
        try await Self.stop(service).run()
    }

    /// Does nothing where the unit is active.
    static func start(_ service: BoxService) -> Command {
        Command("systemctl", ["start", unit(of: service)])
    }

    static func stop(_ service: BoxService) -> Command {
        Command("systemctl", ["stop", unit(of: service)])
    }

    private static func unit(of service: BoxService) -> String {
        "torbox-\(service.rawValue).service"
    }
}
