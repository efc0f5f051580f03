import Glibc
import HostSystem

/// Makes a Tor network out of nothing: the authorities' keys, a vote, and caches in every relay.
struct TorNetworkFounding {
    let log: StepLog

    /// Leaves the nodes' folders ready to start from, and no node running.
    func found() async throws {
        try LabFolder.tor.remove()
        try LabFolder.tor.make()
        for node in TorNode.all { try await node.makeFolders() }
        let lines = try await makeAuthorities()
        try TorNetwork.keep(authorityLines: lines)
        log("authorities' keys made")
        // Under load a vote may miss relays that were still starting.
        for _ in 1...3 {
            if try await vote(authorities: lines) {
                try await fillCaches()
                return
            }
            log("the consensus missed a relay: voting again")
            for node in TorNode.all { try await node.forgetConsensus() }
        }
        throw LabError(.tor, "no vote listed every relay; the nodes' logs are in \(LabFolder.logs.path)")
    }

    private func makeAuthorities() async throws -> [String] {
        try await withThrowingTaskGroup(of: (Int, String).self) { group in
            for authority in TorNode.authorities {
                group.addTask { (authority.number, try await authority.makeKeys()) }
            }
            return try await group.reduce(into: [:]) { $0[$1.0] = $1.1 }.sorted { $0.key < $1.key }.map(\.value)
        }
    }

    /// Runs all nodes until every authority has a consensus, and ends them.
    ///
    /// - Returns: whether the consensus lists every relay with its flags.
    private func vote(authorities lines: [String]) async throws -> Bool {
        // The first vote then comes 15 s from now, when every relay has told who it is.
        let offset = (time(nil) + 15) % 20
        let nodes = try await TorNetwork.start(TorNode.all, authorities: lines, votingOffset: offset)
        var all: [Consensus] = []
        try await wait(upTo: .seconds(60), for: "the authorities' first consensus") {
            for node in nodes { try node.requireRunning() }
            all = try TorNode.authorities.flatMap { authority in
                try TorNetwork.consensusFiles.compactMap { try Consensus(of: authority, file: $0) }
            }
            return all.count == TorNode.authorities.count * TorNetwork.consensusFiles.count
        }
        log("every authority has a consensus")
        for node in nodes { node.send(SIGTERM) }
        // Now and then an authority does not end by itself; all that matters is on its disk by now.
        for node in nodes { try await node.end(patience: .seconds(1)) }
        return all.allSatisfy(\.listsEveryRelay)
    }

    /// Gives every other node what an authority knows: a client that meets an empty cache waits 10 s.
    private func fillCaches() async throws {
        let source = TorNode.authorities[0].folder
        let caches = try source.names.filter { $0.hasPrefix("cached-") }.map { "\(source.path)/\($0)" }
        for node in TorNode.all where node.role != .authority {
            try await Command("cp", ["-a"] + caches + [node.folder.path]).endingWithTheLab.run()
        }
    }
}

extension TorNode {
    fileprivate func makeFolders() async throws {
        try await Command(
            "install", ["-d", "-o", Self.user, "-g", Self.user, "-m", "700", folder.path, "\(folder.path)/keys"]
        ).endingWithTheLab.run()
    }

    /// Makes an authority's two identities and returns its `DirAuthority` line.
    fileprivate func makeKeys() async throws -> String {
        let keys = folder / "keys"
        async let certificate = makeCertificate(in: keys)
        // Inside the namespace, where `down` finds it: the change of user frees tor from the lab process's fate.
        let described = try await LabHost.inet.run(
            "tor",
            ["-f", "\(folder.path)/torrc", "--ignore-missing-torrc", "--defaults-torrc", "/dev/null"]
                + ["--quiet", "--list-fingerprint"]
                + ["--DataDirectory", folder.path, "--Nickname", nickname, "--User", Self.user]
                + ["--ORPort", "\(Self.orPort)", "--ContactInfo", "lab", "--ExitRelay", "0"])
        let fingerprint = described.split(separator: " ").dropFirst().joined().trimmed
        guard let identity = try await certificate else {
            throw LabError(.tor, "\(keys.path)/authority_certificate: has no fingerprint line")
        }
        return directoryAuthorityLine(identity: identity, fingerprint: fingerprint)
    }

    private func makeCertificate(in keys: LabFolder) async throws -> String? {
        // The identity's passphrase protects nothing in a lab, but the program insists on one.
        try await Command(
            "tor-gencert",
            ["--create-identity-key", "--passphrase-fd", "0", "-m", "24", "-a", "\(address):\(Self.directoryPort)"]
                + ["-i", "\(keys.path)/authority_identity_key", "-s", "\(keys.path)/authority_signing_key"]
                + ["-c", "\(keys.path)/authority_certificate"]
        ).endingWithTheLab.run(input: "laboratory\n")
        try await Command("chown", ["-R", Self.user, keys.path]).endingWithTheLab.run()
        let text = try keys.read("authority_certificate") ?? ""
        return text.split(separator: "\n").first { $0.hasPrefix("fingerprint ") }.map { String($0.dropFirst(12)) }
    }

    fileprivate func forgetConsensus() async throws {
        let forgotten = try folder.names.filter {
            $0.hasSuffix("consensus") || $0 == "diff-cache" || $0 == "v3-status-votes"
        }
        for name in forgotten { try (folder / name).remove() }
    }
}
