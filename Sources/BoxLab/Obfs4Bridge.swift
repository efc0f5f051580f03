import HostSystem
import NetAddress

/// A private obfs4 bridge of the fake internet: its address is in no consensus.
public struct Obfs4Bridge: Sendable, Hashable {
    /// What a client is given to reach it, as it stands after `Bridge` in a torrc.
    public let line: String
    /// The same bridge without obfs4, over IPv4 and over IPv6.
    public let plainLine, plainLineV6: String

    public static let address = IPv4Address("198.51.100.61")!
    public static let addressV6 = IPv6Address("2001:db8:51::61")!
    public static let port: UInt16 = 8443
    /// Debian's package obfs4proxy.
    static let program = "/usr/bin/obfs4proxy"

    private static let name = "tor-bridge"
    private static let folder = LabFolder.tor / "bridge"

    /// Starts the bridge, or takes the one that runs.
    public static func start(in network: TorNetwork) async throws -> Obfs4Bridge {
        try await start(in: network, folder, clock: nil)
    }

    /// Starts the bridge anew with a clock of its own, which is wrong; with the right time where `nil`.
    public static func restart(in network: TorNetwork, clock: FalseTime?) async throws -> Obfs4Bridge {
        let right = try await start(in: network)
        try await LabProcess.running(name, on: .inet)?.end()
        guard let clock else { return try await start(in: network) }
        let own = try await FakeClock(named: name)
        try await own.set(clock)
        // It would change its keys in years to come; and what it keeps from then would be believed later.
        let copy = LabFolder.run / "wrong-bridge"
        try copy.remove()
        try await Command("cp", ["-a", folder.path, copy.path]).endingWithTheLab.run()
        _ = try await start(in: network, copy, clock: own)
        // What is handed out is what it was: the copy has the same identity.
        return right
    }

    private static func start(
        in network: TorNetwork, _ folder: LabFolder, clock: FakeClock?
    ) async throws -> Obfs4Bridge {
        if try LabProcess.running(name, on: .inet) == nil {
            try await Command(
                "install", ["-d", "-o", TorNode.user, "-g", TorNode.user, "-m", "700", folder.path]
            ).run()
            let lines = torrc + ["DataDirectory \(folder.path)"] + network.authorityLines
            try folder.write(lines.joined(separator: "\n") + "\n", to: "torrc")
            let tor = Command("tor", ["-f", "\(folder.path)/torrc", "--defaults-torrc", "/dev/null"])
            try await LabProcess.start(name, on: .inet, clock?.command(tor) ?? tor)
        }
        try await wait(upTo: .seconds(30), for: "the bridge's obfs4 port") {
            try await LabHost.inet.run("ss", ["-Hltn"]).contains(" \(address):\(port) ")
        }
        let fingerprint = try fingerprint(in: folder)
        return try Obfs4Bridge(
            line: "obfs4 \(address):\(port) \(fingerprint) \(obfs4Arguments(in: folder))",
            plainLine: "\(address):\(TorNode.orPort) \(fingerprint)",
            plainLineV6: "[\(addressV6)]:\(TorNode.orPort) \(fingerprint)")
    }

    private static let torrc = [
        "User \(TorNode.user)", "Nickname bridge", "Log notice stdout",
        "SocksPort 0", "TestingTorNetwork 1", "AssumeReachable 1", "ShutdownWaitLength 0",
        "PathsNeededToBuildCircuits 0.25", "GeoIPFile /dev/null", "GeoIPv6File /dev/null",
        "BridgeRelay 1", "PublishServerDescriptor 0", "ExtORPort auto", "ExitRelay 0",
        "Address \(address)", "ORPort \(address):\(TorNode.orPort)", "ORPort [\(addressV6)]:\(TorNode.orPort)",
        "OutboundBindAddress \(address)", "OutboundBindAddress [\(addressV6)]",
        "ServerTransportPlugin obfs4 exec \(program)",
        "ServerTransportListenAddr obfs4 \(address):\(port)",
    ]

    private static func fingerprint(in folder: LabFolder) throws -> String {
        guard let file = try folder.read("fingerprint"), let digits = file.split(separator: " ").last else {
            throw LabError(.tor, "\(folder.path): holds no fingerprint")
        }
        return String(digits).trimmed
    }

    /// obfs4proxy writes the bridge's line with gaps; its end is whole.
    private static func obfs4Arguments(in folder: LabFolder) throws -> String {
        let template = try (folder / "pt_state").read("obfs4_bridgeline.txt")?.split(separator: "\n").last
        guard let arguments = template?.split(separator: " ").filter({ $0.contains("=") }), !arguments.isEmpty else {
            throw LabError(.tor, "\(folder.path): holds no bridge line; is obfs4proxy installed?")
        }
        return arguments.joined(separator: " ")
    }
}
