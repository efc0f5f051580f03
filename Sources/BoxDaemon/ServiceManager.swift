import BoxModel
import BoxRendering
import HostSystem
import NetAddress

/// The programs that the box keeps running.
public enum BoxService: String, Sendable, CaseIterable {
    case tor
    case dnsmasq
    case chrony
    /// The box's own pages.
    case web
    /// The program that meets the volunteers who carry to snowflake bridges.
    case snowflake
}

/// Whoever runs the programs: systemd on the appliance, torboxd itself in the lab and in containers.
protocol ServiceManager: Sendable {
    /// Starts the service unless it runs already, be it from an earlier torboxd.
    func keepRunning(_ service: BoxService) async throws
    /// Has a running service read again what it reads on SIGHUP; one that does not run will read it when it starts.
    func reload(_ service: BoxService) async throws
    /// Ends the service and returns when it has ended.
    func stop(_ service: BoxService) async throws
    /// Says whether it may give orders to the machine itself.
    ///
    /// - Throws: `Refusal` where the machine is not the box's.
    func requireMachine() throws
    /// Has the machine shut down, with or without a new start; called when the box is closed.
    func give(_ order: MachineOrder) async throws
    /// Has updates looked for and installed, unless that is under way; does not wait for the end.
    func startUpdate() async throws
    /// What tor complained of since it was started last; `nil` where that is nothing, or not for torboxd to read.
    func torComplaints() throws -> String?
    /// Has the static ruleset loaded from ``DaemonPaths/airlock``.
    func airlockLoader(_ paths: DaemonPaths) -> Command
    /// Whom snowflake's program shall ask for names; `nil` where it asks whom the machine asks.
    func uplinkResolvers(_ uplinks: [InterfaceName]) throws -> [IPv4Address]?
    /// Has the interfaces get their addresses by these files, before torboxd switches them on.
    func arrange(_ network: NetworkFiles) async throws
    /// The same command as another user, without any right of its own and without a way to get one.
    func command(_ command: Command, as user: String, group: String) -> Command
}

extension ServiceManager {
    /// The same, where the user's group bears the user's name.
    func command(_ command: Command, as user: String) -> Command {
        self.command(command, as: user, group: user)
    }
}
