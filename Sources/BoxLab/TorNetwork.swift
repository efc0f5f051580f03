import Glibc
import HostSystem

/// The lab's private Tor network: Debian's tor, once for each ``TorNode``.
public struct TorNetwork: Sendable {
    /// The `DirAuthority` lines by which a client knows this network.
    public let authorityLines: [String]
    /// The lab's onion service, `….onion`.
    public let onionAddress: String

    static let consensusFiles = ConsensusFlavour.allCases.map(\.file)
    private static let authorityFile = "authorities"

    /// The network of the lab that is up.
    static func running() throws -> TorNetwork {
        guard let lines = try LabFolder.tor.read(authorityFile),
            let onion = try (TorNode.all.last!.folder / "service").read("hostname")
        else { throw LabError(.notUp, "the lab's Tor network is not there; run `torbox-lab up`") }
        return TorNetwork(authorityLines: lines.split(separator: "\n").map(String.init), onionAddress: onion.trimmed)
    }

    /// Starts the network from its snapshot; where there is none, makes one first.
    ///
    /// - Returns: whether it came from a snapshot stored earlier.
    /// - Throws: ``LabError`` of kind `.tor` where no whole consensus came out of three votes.
    static func start(_ log: StepLog) async throws -> Bool {
        let snapshot = try await Snapshot()
        let isStored = try await snapshot.restore()
        if !isStored {
            log("no stored Tor network fits: making keys and holding a vote (about 20 s, once)")
            try await TorNetworkFounding(log: log).found()
            try await snapshot.store()
            log("Tor network stored for the next time")
        }
        do {
            let lines = try running().authorityLines
            let nodes = try await start(TorNode.all, authorities: lines)
            try await waitUntilListening(nodes)
        } catch let error as LabError {
            // What cannot start today must not fail again tomorrow.
            try snapshot.discard()
            throw error
        }
        return isStored
    }

    /// Keeps the authorities' lines beside the nodes' data, so that a snapshot holds them too.
    static func keep(authorityLines: [String]) throws {
        try LabFolder.tor.write(authorityLines.joined(separator: "\n") + "\n", to: authorityFile)
    }

    /// Starts nodes, all at once.
    ///
    /// - Parameter more: lines for the end of each torrc; an option there counts instead of an earlier one.
    static func start(
        _ nodes: [TorNode], authorities lines: [String], votingOffset: Int = 0, more: [String] = []
    ) async throws -> [LabProcess] {
        try await withThrowingTaskGroup { group in
            for node in nodes {
                group.addTask { try await node.start(authorities: lines, votingOffset: votingOffset, more: more) }
            }
            return try await group.reduce(into: []) { $0.append($1) }
        }
    }

    static func waitUntilListening(_ nodes: [LabProcess]) async throws {
        let doors = TorNode.relays.flatMap {
            [" \($0.address):\(TorNode.orPort) ", " [\($0.addressV6)]:\(TorNode.orPort) "]
        }
        try await wait(upTo: .seconds(15), for: "the Tor network's relays listening") {
            for node in nodes { try node.requireRunning() }
            let listeners = try await LabHost.inet.run("ss", ["-Hltn"])
            return doors.allSatisfy { listeners.contains($0) }
        }
    }
}

extension TorNode {
    /// Writes the node's torrc and starts it, by the machine's clock where it gets none of its own.
    func start(
        authorities: [String], votingOffset: Int, more: [String] = [], clock: FakeClock? = nil
    ) async throws -> LabProcess {
        let torrc = torrc(authorities: authorities, votingOffset: votingOffset) + more.map { "\($0)\n" }.joined()
        try folder.write(torrc, to: "torrc")
        let tor = Command("tor", ["-f", "\(folder.path)/torrc", "--defaults-torrc", "/dev/null"])
        return try await LabProcess.start("tor-\(nickname)", on: .inet, clock?.command(tor) ?? tor)
    }
}

extension String {
    var trimmed: String {
        String(drop(while: \.isWhitespace).reversed().drop(while: \.isWhitespace).reversed())
    }
}
