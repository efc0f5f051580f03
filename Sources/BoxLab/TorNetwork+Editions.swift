import Glibc
import HostSystem

extension TorNetwork {
    /// The last vote's consensus, from which every edition is made.
    private static let voted = LabFolder.tor / "voted"
    private static let workshop = LabFolder.tor / "edition"

    /// Makes the network ready for ``publish(_:)``: all its nodes start anew with an edition that is no longer fresh.
    ///
    /// It ends every circuit, and clients that know a younger consensus keep it: call it before the box and other
    /// clients start.
    /// - Parameter age: seconds since it claims to have been voted; at least 20 hours.
    public func prepareForEditions(_ first: Edition = Edition(), age: Int = Edition.age) async throws {
        try Self.keepVoted()
        let now = time(nil)
        let documents = try await documents(of: first, validAfter: now - age)
        try await restart(TorNode.all, with: documents)
    }

    /// Publishes another edition: the authorities have it at once, the relays and the onion service when this returns.
    ///
    /// Only the authorities start anew; the connections of all other relays go on. Clients ask by themselves in their
    /// own time: see ``LabBox/askForConsensus(_:)`` and ``OwnTor/askForConsensus(_:)``.
    /// - Returns: the edition's `valid-after` line, by which a client's consensus is known.
    @discardableResult
    public func publish(_ edition: Edition) async throws -> String {
        let last = try Consensus(of: TorNode.authorities[0], file: ConsensusFlavour.microdesc.file)
        guard let last, Self.voted.exists, let start = last.validAfter else {
            throw LabError(.tor, "the Tor network is not prepared for editions; call prepareForEditions first")
        }
        // Who has a consensus asks for one that is three minutes younger at least.
        let validAfter = start + 300
        try await restart(TorNode.authorities, with: documents(of: edition, validAfter: validAfter))
        let others = TorNode.all.filter { $0.role != .authority }
        for node in others.filter({ $0.role != .onion }) + others.filter({ $0.role == .onion }) {
            try await remind("the new consensus in \(node.nickname)") {
                try node.process()?.send(SIGHUP)
            } until: {
                try Consensus(of: node, file: ConsensusFlavour.microdesc.file)?.validAfter ?? 0 >= validAfter
            }
        }
        return Consensus.stamp(validAfter)
    }

    private static func keepVoted() throws {
        for folder in [voted, workshop] { try folder.make() }
        for flavour in ConsensusFlavour.allCases where try voted.read(flavour.file) == nil {
            try voted.write(TorNode.authorities[0].folder.read(flavour.file) ?? "", to: flavour.file)
        }
    }

    /// Editions as clients keep them, without publishing any.
    ///
    /// - Parameter validAfter: of the first; each is a second younger than the one before.
    func documents(of editions: [Edition], validAfter: time_t) async throws -> [String] {
        try Self.workshop.make()
        let signing = try await EditionSigning(folder: Self.workshop)
        var documents: [String] = []
        for (number, edition) in editions.enumerated() {
            let validity = (validAfter + number)..<(time(nil) + 3600)
            documents.append(try await document(of: edition, as: .microdesc, valid: validity, by: signing))
        }
        return documents
    }

    /// A consensus that was true once, as somebody may have kept it.
    ///
    /// - Parameter age: seconds since it was voted; it served for a day.
    func oldConsensus(age: Int) async throws -> String {
        try Self.workshop.make()
        let signing = try await EditionSigning(folder: Self.workshop)
        let start = time(nil) - age
        return try await document(of: Edition(), as: .microdesc, valid: start..<(start + 86_400), by: signing)
    }

    private func document(
        of edition: Edition, as flavour: ConsensusFlavour, valid: Range<time_t>, by signing: EditionSigning
    ) async throws -> String {
        let voted = try Self.voted.read(flavour.file) ?? TorNode.authorities[0].folder.read(flavour.file) ?? ""
        let text = edition.text(from: voted, validAfter: valid.lowerBound, validUntil: valid.upperBound)
        return try await signing.signed(text, as: flavour)
    }

    private func documents(of edition: Edition, validAfter: time_t) async throws -> [ConsensusFlavour: String] {
        let signing = try await EditionSigning(folder: Self.workshop)
        var documents: [ConsensusFlavour: String] = [:]
        for flavour in ConsensusFlavour.allCases {
            documents[flavour] = try await document(
                of: edition, as: flavour, valid: validAfter..<(time(nil) + 3600), by: signing)
        }
        return documents
    }

    private func restart(_ nodes: [TorNode], with documents: [ConsensusFlavour: String]) async throws {
        for node in nodes { try node.process()?.send(SIGTERM) }
        for node in nodes { try await node.process()?.end(patience: .seconds(1)) }
        for node in nodes {
            // It would be served from there as long as it is the younger one.
            try (node.folder / "diff-cache").remove()
            // The file itself stays, with its owner.
            for (flavour, text) in documents { try node.folder.write(text, to: flavour.file) }
        }
        try await Self.waitUntilListening(Self.start(nodes, authorities: authorityLines, more: Self.voteInHalfAnHour))
    }

    /// Moves the next true vote, one an hour, to at least half an hour from now.
    private static var voteInHalfAnHour: [String] {
        [
            "TestingV3AuthInitialVotingInterval 1800",
            "TestingV3AuthVotingStartOffset \(time(nil) % 3600 < 1800 ? 0 : 1799)",
        ]
    }
}

extension TorNode {
    fileprivate func process() throws -> LabProcess? {
        try LabProcess.running("tor-\(nickname)", on: .inet)
    }
}
