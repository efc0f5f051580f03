import HostSystem
import NetAddress
import NetFrames
import TorControl

/// How a client's connection went.
public enum Passage: Sendable, Hashable {
    /// By the box's Tor: its TransPort took it, whether or not an exit could connect.
    case throughTor
    /// Past the box's Tor: a packet left the uplink that the client's own machine had made.
    case straight
    /// Not at all, and the client heard so.
    case refused
}

extension Scene {
    /// Connects from a client to an endpoint by TLS, as a browser does for `https://endpoint/`, and says how that went.
    ///
    /// Straight is what the wire shows, through Tor is what the box's tor reports.
    /// - Throws: ``LabError`` of kind `.check` where the client was left hanging.
    public func connects(from host: LabHost = .client2, to endpoint: Endpoint) async throws -> Passage {
        let capture = try await lab.startCapture()
        let (status, streams) = try await streamsSeen {
            try await host.outcome(
                "curl", ["--silent", "--insecure", "--globoff", "--max-time", "8", "https://\(endpoint)/"]
            ).status
        }
        let straight = try forwarded(in: await capture.finish()).contains(endpoint)
        if straight { return .straight }
        // Exits refuse to carry to relays, and tor tries several before it says so.
        if streams.contains(where: { $0.target == "\(endpoint)" }) { return .throughTor }
        try expect(status != 28, "\(endpoint): nobody told the client that it may not connect")
        return .refused
    }

    /// Runs something and tells which connections and names the box's tor was asked for meanwhile, by all clients.
    public func streamsSeen<Value: Sendable>(
        during body: () async throws -> Value
    ) async throws -> (value: Value, streams: [StreamEvent]) {
        // A box that is no box has no tor that could see anything.
        guard lab.record.mode == .box else { return (try await body(), []) }
        let connection = try await lab.box.torControl()
        defer { connection.close() }
        try await connection.subscribe(to: [.stream])
        let events = connection.events
        async let all = events.reduce(into: [ControlEvent]()) { $0.append($1) }
        let value = try await body()
        // What tor says after this came later; then the events end, once all before have been read.
        _ = try await connection.version()
        connection.close()
        let streams = try await all.compactMap { event -> StreamEvent? in
            switch event {
            case .stream(let stream): return [.new, .newResolve].contains(stream.status) ? stream : nil
            case .missed(let count): throw LabError(.check, "\(count) of tor's events were lost; repeat the check")
            case .status, .newConsensus, .circuit, .networkLiveness, .log, .other: return nil
            }
        }
        return (value, streams)
    }

    /// Where TCP went that left the uplink but was not made by the box itself.
    public func forwarded(in file: String) throws -> Set<Endpoint> {
        Set(try forwardedPackets(in: file).map(\.destination))
    }

    /// The same with the addresses that it bore.
    public func forwardedPackets(in file: String) throws -> Set<ForwardedPacket> {
        try packets(in: file) { $0 != Oracle.ownTimeToLive }
    }

    /// Where TCP went that left the uplink, whoever made it.
    ///
    /// - Parameter time: frames that left earlier do not count; in nanoseconds since 1970.
    public func destinations(in file: String, after time: Int64 = 0) throws -> Set<Endpoint> {
        Set(try packets(in: file, after: time) { _ in true }.map(\.destination))
    }

    private func packets(
        in file: String, after time: Int64 = 0, where counts: (_ timeToLive: UInt8) -> Bool
    ) throws -> Set<ForwardedPacket> {
        var packets: Set<ForwardedPacket> = []
        let reader = try PcapReader(path: file)
        while let captured = try reader.next() {
            guard captured.time > time else { continue }
            switch try Frame(parsing: captured.bytes).content {
            case .ipv4(let packet) where counts(packet.timeToLive):
                if let endpoint = packet.transport.tcpDestination(at: .v4(packet.destination)) {
                    packets.insert(ForwardedPacket(source: .v4(packet.source), destination: endpoint))
                }
            case .ipv6(let packet) where counts(packet.hopLimit):
                if let endpoint = packet.transport.tcpDestination(at: .v6(packet.destination)) {
                    packets.insert(ForwardedPacket(source: .v6(packet.source), destination: endpoint))
                }
            case .arp, .ipv4, .ipv6, .other: continue
            }
        }
        return packets
    }
}

/// From whom and where a forwarded packet went, as the uplink saw it.
public struct ForwardedPacket: Sendable, Hashable {
    public let source: IPAddress
    public let destination: Endpoint
}

extension Transport {
    fileprivate func tcpDestination(at address: IPAddress) -> Endpoint? {
        guard case .tcp(let segment) = self else { return nil }
        return Endpoint(address, segment.destinationPort)
    }
}
