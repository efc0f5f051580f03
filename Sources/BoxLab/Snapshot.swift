import FoundationEssentials
import Glibc
import HostSystem

/// A private Tor network that has voted, stored so that the next lab need not wait for votes.
///
/// It is named after all it depends on, so that a change of a node, an option or tor itself makes a new one.
struct Snapshot {
    let folder: LabFolder
    private static let manifest = "SHA256SUMS"

    /// The snapshot that fits this machine's tor and the lab's nodes, whether or not it is stored already.
    init() async throws {
        let version = try await Command("tor", ["--version"]).endingWithTheLab.run()
        let recipe = TorNode.all.map { $0.torrc(authorities: [], votingOffset: 0) }
        let hash = try await Command("sha256sum").endingWithTheLab.run(input: version + recipe.joined())
        folder = LabFolder.snapshots / String(hash.prefix(16))
    }

    /// Copies the stored network to the running lab's folder.
    ///
    /// - Returns: `false`, and the snapshot is gone, where there is none that is whole and fresh.
    func restore() async throws -> Bool {
        guard folder.exists, try await isIntact() else {
            try discard()
            return false
        }
        try LabFolder.tor.remove()
        try await Command("cp", ["-a", folder.path, LabFolder.tor.path]).endingWithTheLab.run()
        // Three hours: whoever works in the lab should not see the consensus expire.
        let isFresh = try TorNode.authorities.allSatisfy { authority in
            try TorNetwork.consensusFiles.allSatisfy { file in
                guard let consensus = try Consensus(of: authority, file: file) else { return false }
                return consensus.listsEveryRelay && consensus.isValid(forHours: 3)
            }
        }
        if !isFresh { try discard() }
        return isFresh
    }

    /// Stores the lab's Tor network, whose nodes must not be running; earlier snapshots go.
    func store() async throws {
        try Self.removeUnfinished()
        for other in try LabFolder.snapshots.names where !other.hasSuffix(".json") {
            try (LabFolder.snapshots / other).remove()
        }
        try LabFolder.snapshots.make()
        let unfinished = LabFolder.snapshots / ".unfinished"
        try await Command("cp", ["-a", LabFolder.tor.path, unfinished.path]).endingWithTheLab.run()
        let files = try FileManager.default.subpathsOfDirectory(atPath: unfinished.path).filter { name in
            var status = stat()
            return lstat("\(unfinished.path)/\(name)", &status) == 0 && status.st_mode & S_IFMT == S_IFREG
        }
        let sums = try await Command("env", ["-C", unfinished.path, "sha256sum", "--"] + files.sorted())
            .endingWithTheLab.run()
        try unfinished.write(sums, to: Self.manifest)
        // The name appears only now, when all is inside.
        guard rename(unfinished.path, folder.path) == 0 else {
            throw LabError(.tor, "\(folder.path): cannot be stored: \(String(cString: strerror(errno)))")
        }
    }

    func discard() throws {
        try folder.remove()
    }

    /// Removes what a killed lab left half stored.
    static func removeUnfinished() throws {
        try (LabFolder.snapshots / ".unfinished").remove()
    }

    /// Whether every file is as it was stored.
    func isIntact() async throws -> Bool {
        guard (folder / Self.manifest).exists else { return false }
        return try await Command(
            "env", ["-C", folder.path, "sha256sum", "--check", "--strict", "--quiet", Self.manifest]
        )
        .endingWithTheLab.outcome().status == 0
    }
}
