import HostSystem

/// Services as units of systemd, which restarts them by itself.
struct SystemdServices: ServiceManager {
    func keepRunning(_ service: BoxService) async throws {
        // Does nothing where the unit is active.
        try await Self.command("start", service).run()
    }

    func reload(_ service: BoxService) async throws {
        try await Self.command("try-reload-or-restart", service).run()
    }

    func stop(_ service: BoxService) async throws {
        try await Self.command("stop", service).run()
    }

    func requireMachine() {}

    func give(_ order: MachineOrder) async throws {
        try await Self.command(for: order).run()
    }

    static func command(for order: MachineOrder) -> Command {
        switch order {
        case .restart: Command("systemctl", ["reboot"])
        case .powerOff: Command("systemctl", ["poweroff"])
        }
    }

    func torComplaints() -> String? {
        // The journal's, where an owner of a shell finds it.
        nil
    }

    static func command(_ verb: String, _ service: BoxService) -> Command {
        Command("systemctl", [verb, "torbox-\(service.rawValue).service"])
    }
}
