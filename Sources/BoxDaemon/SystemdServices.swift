import BoxModel
import BoxRendering
import HostSystem
import NetAddress

/// Services as units of systemd, which also does what takes rights that torboxd has not.
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

    func startUpdate() async throws {
        try await Self.update.run()
    }

    static let update = Command("systemctl", ["start", "--no-block", "torbox-update.service"])

    func torComplaints() -> String? {
        // The journal's, where an owner of a shell finds it.
        nil
    }

    /// The unit has the folder in it, so that it can load it before there is a torboxd.
    func airlockLoader(_ paths: DaemonPaths) -> Command {
        Command("systemctl", ["restart", "torbox-airlock.service"])
    }

    func uplinkResolvers(_ uplinks: [InterfaceName]) throws -> [IPv4Address]? {
        try UplinkResolvers.now(uplinks)
    }

    /// By systemd-networkd, and on the disk: at the next boot it reads these before torboxd runs, and the machine may have
    /// other files for the same interfaces, which would switch them on and tell the machine's name.
    func arrange(_ network: NetworkFiles) async throws {
        var isNew = false
        for (name, text) in network.contents {
            let file = DurableFile(Self.networkFolder + name)
            guard try file.textIfThere() != text else { continue }
            if let text { try file.replace(with: text) } else { try file.remove() }
            isNew = true
        }
        if isNew { try await Command("networkctl", ["reload"]).run() }
    }

    private static let networkFolder = "/etc/systemd/network/"

    /// In a unit of its own: no process of torboxd's can become another user.
    func command(_ command: Command, as user: String, group: String) -> Command {
        let properties = [
            "User=\(user)", "Group=\(group)", "NoNewPrivileges=yes", "CapabilityBoundingSet=", "ProtectSystem=full",
            "ProtectHome=yes", "PrivateDevices=yes", "RestrictNamespaces=yes", "RuntimeMaxSec=60", "LimitCORE=0",
            // Debian's profiles know the ordinary files of chronyd and others, not the box's.
            "AppArmorProfile=-unconfined",
        ]
        return Command(
            "systemd-run",
            ["--quiet", "--collect", "--wait", "--pipe"] + properties.map { "--property=\($0)" } + ["--"]
                + [command.program] + command.arguments)
    }

    static func command(_ verb: String, _ service: BoxService) -> Command {
        Command("systemctl", [verb, "torbox-\(service.rawValue).service"])
    }
}
