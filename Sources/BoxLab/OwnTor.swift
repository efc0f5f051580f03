import HostSystem
import NetAddress
import TorControl

/// A device's own tor: unmodified, with the configuration that everybody has, on one of the clients.
public struct OwnTor: Sendable {
    /// How it reaches the Tor network.
    public enum Way: Sendable, Hashable {
        case relays
        case relaysOverIPv4
        case relaysOverIPv6
        case bridge(Obfs4Bridge)

        fileprivate var lines: [String] {
            switch self {
            case .relays: ["ClientUseIPv6 1"]
            case .relaysOverIPv4: ["ClientUseIPv4 1", "ClientUseIPv6 0"]
            case .relaysOverIPv6: ["ClientUseIPv4 0", "ClientUseIPv6 1"]
            case .bridge(let bridge):
                ["UseBridges 1", "ClientTransportPlugin obfs4 exec \(Obfs4Bridge.program)", "Bridge \(bridge.line)"]
            }
        }
    }

    public let host: LabHost
    private let process: LabProcess

    private static let folder = LabFolder.run / "own-tor"
    static let socksPort: UInt16 = 9050
    private static var controlSocket: String { "\(folder.path)/control" }

    /// Starts it with nothing remembered; does not wait for anything else.
    public static func start(on host: LabHost = .client2, by way: Way = .relays, in network: TorNetwork) async throws
        -> OwnTor
    {
        try folder.remove()
        try await Command("install", ["-d", "-o", TorNode.user, "-g", TorNode.user, "-m", "700", folder.path]).run()
        let torrc = folder / "torrc"
        let lines =
            [
                "User \(TorNode.user)", "DataDirectory \(folder.path)", "Log notice stdout",
                "SocksPort \(socksPort)", "ControlSocket \(controlSocket)", "CookieAuthentication 1",
            ] + way.lines + network.authorityLines
            // All relays of the lab are neighbours.
            + ["EnforceDistinctSubnets 0"]
        try folder.write(lines.joined(separator: "\n") + "\n", to: "torrc")
        let process = try await LabProcess.start(
            "own-tor", on: host, Command("tor", ["-f", torrc.path, "--defaults-torrc", "/dev/null"]))
        return OwnTor(host: host, process: process)
    }

    /// Waits until it is bootstrapped.
    ///
    /// - Throws: ``LabError`` of kind `.timeLimit` with the percentage that it reached.
    public func waitUntilBootstrapped(limit: Duration = .seconds(60)) async throws {
        try await wait(upTo: .seconds(10), for: "own tor's control socket") {
            try process.requireRunning()
            return LabFolder(Self.controlSocket).exists
        }
        let connection = try await control()
        defer { connection.close() }
        var phase = try await connection.bootstrapPhase()
        try await wait(upTo: limit, for: "own tor's bootstrap, at \(phase.progress) %: \(phase.summary)") {
            try process.requireRunning()
            phase = try await connection.bootstrapPhase()
            return phase.isDone
        }
    }

    /// Fetches a page through its SOCKS port; the name is resolved by Tor.
    public func page(_ address: String, limit: Duration = .seconds(60)) async throws -> String {
        try await host.run(
            "curl",
            ["--silent", "--show-error", "--fail", "--globoff", "--max-time", "\(limit.components.seconds)"]
                + ["--proxy", "socks5h://127.0.0.1:\(Self.socksPort)", address],
            limit: limit + .seconds(5)
        ).trimmed
    }

    /// The relays or bridges that it is connected to now.
    public func peers() async throws -> Set<Endpoint> {
        Set(try await connections().map(\.peer))
    }

    /// A connection to a relay or bridge, by both of its ends: the device's own, and the one that it asked for.
    public struct Connection: Sendable, Hashable {
        public let own: Endpoint
        public let peer: Endpoint
    }

    /// Its connections of now; not those of programs on the same device.
    public func connections() async throws -> Set<Connection> {
        let connections = try await host.run("ss", ["-Htnp", "state", "established"])
        return Set(
            connections.split(separator: "\n").filter { $0.contains("pid=\(process.id),") }.compactMap { line in
                let words = line.split(separator: " ")
                guard words.count > 3, let own = Endpoint(words[2]), let peer = Endpoint(words[3]) else { return nil }
                return Connection(own: own, peer: peer)
            }
        ).filter { $0.peer.address != .v4(IPv4Address("127.0.0.1")!) }
    }

    /// Makes it look for a newer consensus now, and waits until it has the one of an edition.
    ///
    /// - Parameter edition: what ``TorNetwork/publish(_:)`` returned.
    public func askForConsensus(_ edition: String) async throws {
        let connection = try await control()
        defer { connection.close() }
        try await connection.take(edition)
    }

    /// Its control connection.
    public func control() async throws -> ControlConnection {
        try await ControlConnection.connect(socketPath: Self.controlSocket)
    }

    public func stop() async throws {
        try await process.end()
        try Self.folder.remove()
    }
}

extension ControlConnection {
    /// Makes this tor look for newer consensuses until it uses that of an edition, or a newer one.
    func take(_ edition: String) async throws {
        try await remind("tor's consensus of \(edition)") {
            // Only a reload makes tor forget that it has asked lately.
            try await signal(.reload)
        } until: {
            // The dates' order is their text's order.
            try await getInfo("consensus/valid-after") >= edition
        }
    }
}
