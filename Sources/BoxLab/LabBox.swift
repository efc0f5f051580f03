import Glibc
import HostSystem
import TorControl

/// The product in the lab: `torboxd` on the host `box`, configured for the lab's wires and Tor network.
public struct LabBox: Sendable {
    let checkout: Checkout
    let tor: TorNetwork

    /// Where `torboxd` tells its state and keeps its sockets.
    public static let runtime = LabFolder.box / "run"
    /// Where `torboxd` and the programs it runs keep what outlives a restart.
    public static let state = LabFolder.box / "state"
    /// The static ruleset's files.
    public static let airlock = LabFolder.box / "airlock"
    static let configuration = "\(LabFolder.box.path)/torbox.toml"

    static let name = "torboxd"
    /// A copy that the time client's user can reach, wherever the checkout lies.
    private static let clockReader = programs / "torbox-clock"
    /// Not in `run`: Debian mounts that without the right to execute.
    private static let programs = LabFolder("/var/lib/torbox-lab")

    func daemon() throws -> Command {
        try command(
            checkout.program(Self.name),
            ["--config", Self.configuration, "--runtime", Self.runtime.path]
                + ["--state", Self.state.path, "--airlock", Self.airlock.path]
                + ["--airlock-loader", loader, "--clock-reader", Self.clockReader.path]
                + ["--web", "\(Self.programs.path)/torbox-web"])
    }

    /// Starts the box as the appliance boots, and waits until it is open.
    ///
    /// - Parameters:
    ///   - clock: what its clock shows at power-on; the right time where `nil`.
    ///   - fallbacks: whom it may ask for the time, besides the authorities.
    ///   - state: what to wait for.
    ///   - prepare: is done last, when all is as at power-on but torboxd.
    ///   - change: makes another configuration of the lab's usual one.
    public func start(
        clock: FalseTime? = nil, fallbacks: [Fallback] = [], until state: String = "open",
        limit: Duration = .seconds(60), after prepare: () async throws -> Void = {},
        configured change: (String) -> String = { $0 }
    ) async throws {
        try await reset()
        try await set(clock: clock ?? .ahead(0))
        let last = "distinct-subnets = false\n"
        try await loadRules { change($0.replacing(last, with: last + Fallback.setting(fallbacks))) }
        try await prepare()
        try await waitFor(state: state, by: launch(), limit: limit)
    }

    /// Starts `torboxd` alone, and does not wait for anything.
    @discardableResult
    public func launch() async throws -> LabProcess {
        try Self.programs.make()
        try await Command(
            "install", ["-m", "755", checkout.program("torbox-clock"), Self.clockReader.path]
        ).run()
        try await installPages()
        return try await LabProcess.start(Self.name, on: .box, try daemon())
    }

    /// Puts the program of the pages where its user can reach it, wherever the checkout lies. What torboxd starts is
    /// that program, told besides the names by which the machine outside the lab reaches it.
    private func installPages() async throws {
        let program = "\(Self.programs.path)/torbox-web.real"
        try await Command("install", ["-m", "755", checkout.program("torbox-web"), program]).run()
        let names = LabDoor.allCases.map { "--host \($0.host)" }.joined(separator: " ")
        let script = DurableFile("\(Self.programs.path)/torbox-web")
        try script.replace(with: "#!/bin/sh\nexec \(program) \"$@\" \(names)\n", mode: 0o755)
    }

    /// The running `torboxd`; `nil` where it does not run.
    public func process() throws -> LabProcess? {
        try LabProcess.running(Self.name, on: .box)
    }

    /// Asks `torboxd` to end, as systemd would, and waits until it has.
    public func stop() async throws {
        try await process()?.end(patience: .seconds(15))
    }

    /// What `torboxd` last wrote on its state, a word and perhaps what it waits for; `nil` before the first.
    public func currentState() throws -> String? {
        try Self.runtime.read("state")?.trimmed
    }

    /// How often any `torboxd` of this lab has said what it decided.
    func announcements() throws -> Int {
        try LabFolder.logs.read("\(Self.name).log")?.split(separator: "\n").count { $0.contains(" notice torboxd") }
            ?? 0
    }

    /// Waits until `torboxd` says that it is in a state.
    ///
    /// - Throws: ``LabError`` of kind `.process` as soon as `torboxd` has ended.
    public func waitFor(state: String, limit: Duration) async throws {
        guard let process = try process() else { throw LabError(.box, "torboxd does not run") }
        try await waitFor(state: state, by: process, limit: limit)
    }

    /// The same for a `torboxd` that was started just now, and may still be on its way into the namespace.
    public func waitFor(state: String, by process: LabProcess, limit: Duration) async throws {
        try await wait(upTo: limit, for: "the box's state \"\(state)\"") {
            try process.requireRunning()
            return try currentState()?.prefix { $0 != ":" } ?? "" == state
        }
    }

    /// Ends `torboxd` by a signal and waits until it has ended.
    ///
    /// - Parameter launched: the process, where it was started just now and may still be on its way into the namespace.
    public func kill(_ signal: CInt, _ launched: LabProcess? = nil) async throws {
        var found = launched
        if found == nil { found = try process() }
        guard let process = found else { throw LabError(.box, "torboxd does not run") }
        process.send(signal)
        try await wait(upTo: .seconds(15), for: "torboxd: its end") { !process.isRunning }
    }

    /// Ends the box's tor as a crash would.
    public func killTor() async throws {
        let connection = try await torControl()
        let id = try await connection.processID()
        Glibc.kill(id, SIGKILL)
        _ = try await connection.ended()
    }

    /// Tor's control connection, for looking only.
    func torControl() async throws -> ControlConnection {
        try await ControlConnection.connect(socketPath: "\(Self.runtime.path)/tor/control.sock")
    }

    /// Makes the box what `up --without-box` leaves: nothing runs, both devices down, no rules, nothing remembered.
    public func reset() async throws {
        // First whoever would switch a device on again; without the rules nothing may find it up.
        try await Namespace(host: .box).endProcesses()
        try await Namespace(host: .box).configure([
            "link set wan0 down", "link set lan0 down",
            // A device that goes down loses its IPv6 addresses where nothing says otherwise, as with the naked box.
            "address replace \(Addresses.lanV6) dev lan0 nodad",
        ])
        try await Namespace(host: .box).set(["net.ipv4.ip_forward=0", "net.ipv6.conf.all.forwarding=0"])
        try await LabHost.box.run("nft", ["flush", "ruleset"])
        for family in ["-4", "-6"] {
            for place in ["100", "101"] {
                // It ends with 2 where there is no such rule.
                _ = try await LabHost.box.outcome("ip", [family, "rule", "delete", "pref", place])
            }
        }
        try await LabHost.box.run("conntrack", ["-F"])
        for folder in [Self.runtime, Self.state, Self.airlock] { try folder.remove() }
        _ = try await FakeClock(named: Self.clock)
        try await plugInUplink()
    }

    /// Takes the uplink's device away, as a USB adapter that is pulled out; its other end stays.
    public func pullOutUplink() async throws {
        try await LabProcess.running("dhcp-box", on: .box)?.end()
        try await Namespace(host: .box).configure([
            "link set wan0 down", "link set wan0 netns \(LabHost.inet.namespace)",
        ])
    }

    /// Puts the uplink's device back, down as a new one is, and waits for its address as before.
    public func plugInUplink() async throws {
        let isAway = try await LabHost.inet.outcome("ip", ["link", "show", "wan0"]).status == 0
        if isAway { try await Namespace(host: .inet).configure(["link set wan0 netns \(LabHost.box.namespace)"]) }
        // A device that comes into a namespace comes with that namespace's defaults.
        try await Namespace(host: .box).set(Topology.uplinkParameters)
        if try LabProcess.running("dhcp-box", on: .box) == nil {
            try await DHCPClient.start(on: .box, device: "wan0", checkout: checkout)
        }
    }
}
