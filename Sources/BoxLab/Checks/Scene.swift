import FoundationEssentials
import HostSystem
import NetAddress
import NetFrames

/// The lab with its box up, and what a check needs to know of it.
public struct Scene: Sendable {
    public let lab: Lab
    public let uplink: Uplink
    /// What `client1` sends probes with.
    public let context: ProbeContext

    /// Looks at the hosts once all have their addresses.
    public init(_ lab: Lab) async throws {
        self.lab = lab
        let wan = try await Interface.addressed("wan0", on: .box)
        let lan = try await Interface.addressed("lan0", on: .box)
        let client = try await Interface.addressed("eth0", on: .client1)
        let neighbour = try await Interface.addressed("eth0", on: .client2)
        uplink = Uplink(hardwareAddress: wan.hardwareAddress, networks: wan.networks)
        var context = try ProbeContext(
            clientHardware: client.hardwareAddress, client4: client.ipv4, client6: client.ipv6,
            clientLinkLocal: client.linkLocal, boxHardware: lan.hardwareAddress, box4: lan.ipv4, box6: lan.ipv6)
        (context.neighbour4, context.neighbour6) = try (neighbour.ipv4, neighbour.ipv6)
        (context.uplink4, context.uplink6) = try (wan.ipv4, wan.ipv6)
        let exit = TorNode(role: .exit, number: 1)
        (context.relay4, context.relay6) = (exit.address, exit.addressV6)
        context.relayPort = TorNode.orPort
        self.context = context
    }

    /// Where the box's tor may connect in this Tor network: known from how the lab made it, not asked of the box.
    public static let doors: Set<Endpoint> = Set(
        TorNode.relays.filter { $0.role != .exit }.flatMap {
            [Endpoint(.v4($0.address), TorNode.orPort), Endpoint(.v6($0.addressV6), TorNode.orPort)]
        })

    /// Where a device's own Tor may connect: the same relays, since authorities and guards serve both.
    public static let guards = doors

    /// Runs something while every frame that leaves the uplink is recorded, then judges all of them.
    ///
    /// - Parameter row: what the most permissive state during this time allows.
    public func watching<Value: Sendable>(
        _ row: Row = .open(doors: doors), _ body: () async throws -> Value
    ) async throws -> (value: Value, seen: Sighting) {
        let capture = try await lab.startCapture()
        let value = try await body()
        let file = try await capture.finish()
        let report = try CaptureReport(path: file, oracle: Oracle(row: row, uplink: uplink))
        return (value, Sighting(report: report, probes: try Probe.sightings(path: file), file: file))
    }

    /// A socket on a client's interface, for frames that no program would send.
    public func socket(on host: LabHost = .client1) throws -> PacketSocket {
        try PacketSocket(interface: "eth0", in: NetworkNamespace(host.namespace))
    }
}

/// What the uplink saw during a check.
public struct Sighting: Sendable {
    public let report: CaptureReport
    /// How often each probe was seen, by ``Probe/id``.
    public let probes: [Int: Int]
    /// The capture.
    public let file: String

    /// - Throws: ``LabError`` of kind `.check` with the first frame that was not allowed.
    public func requireAllowed() throws {
        if let refusal = report.refusals.first {
            throw LabError(.check, "\(report.refused) frames left that may not, the first: \(refusal) (\(file))")
        }
        if let probe = probes.keys.min() { throw LabError(.check, "\(Probe.allCases[probe]) left (\(file))") }
    }
}
