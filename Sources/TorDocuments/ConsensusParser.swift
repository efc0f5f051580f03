/// Reads the four parts of a consensus, which must be asked for in their order (dir-spec 3.4.1).
struct ConsensusParser {
    // Ten times what the network has; a document with more is no consensus of it.
    static let mostRelays = 100_000
    private static let mostAuthorities = 100

    var lines: LineReader

    struct Header {
        var flavor: ConsensusFlavor
        var validity: ConsensusValidity
        var flags: KnownFlags
    }

    /// The items that have one place in the document; any other may stand anywhere and is skipped.
    enum Keyword: String {
        case version = "network-status-version"
        case status = "vote-status"
        case validAfter = "valid-after"
        case freshUntil = "fresh-until"
        case validUntil = "valid-until"
        case knownFlags = "known-flags"
        case voter = "dir-source"
        case relay = "r"
        case address = "a"
        case flags = "s"
        case footer = "directory-footer"
        case signature = "directory-signature"
    }

    init(_ document: Span<UInt8>) throws(DocumentError) {
        lines = try LineReader("consensus", document, atMost: UncheckedConsensus.largestDocument)
    }

    mutating func header(of document: Span<UInt8>) throws(DocumentError) -> Header {
        let first = try lines.item(of: document)
        let flavor = try flavor(first)
        var isConsensus: Bool?
        var validAfter: UnixTime?
        var freshUntil: UnixTime?
        var validUntil: UnixTime?
        var flags: KnownFlags?
        while let item = try lines.item(of: document) {
            switch Keyword(rawValue: item.keyword) {
            case .status: try set(&isConsensus, item.arguments.first == "consensus" ? true : nil)
            case .validAfter: try set(&validAfter, item.time)
            case .freshUntil: try set(&freshUntil, item.time)
            case .validUntil: try set(&validUntil, item.time)
            case .knownFlags: try set(&flags, KnownFlags(item.arguments))
            case .voter:
                guard isConsensus != nil, let validAfter, let freshUntil, let validUntil, let flags else {
                    throw lines.malformed("the header lacks its status, a date or the known flags")
                }
                guard validAfter < freshUntil, freshUntil < validUntil else {
                    throw lines.malformed("the dates of the header contradict each other")
                }
                lines.stepBack()
                let validity = ConsensusValidity(validAfter: validAfter, freshUntil: freshUntil, validUntil: validUntil)
                return Header(flavor: flavor, validity: validity, flags: flags)
            case .version, .relay, .address, .flags, .footer, .signature: throw misplaced()
            case nil: break
            }
        }
        throw truncated()
    }

    /// The authorities that voted: at least one, in ascending order of identity.
    mutating func voters(of document: Span<UInt8>) throws(DocumentError) -> [Voter] {
        var voters: [Voter] = []
        while let item = try lines.item(of: document) {
            switch Keyword(rawValue: item.keyword) {
            case .voter:
                guard let voter = Voter(item.arguments) else {
                    throw lines.malformed("an authority without its fields")
                }
                if let last = voters.last, last.identity >= voter.identity {
                    throw lines.malformed("an authority twice or out of order")
                }
                guard voters.count < Self.mostAuthorities else { throw tooMany("authorities", Self.mostAuthorities) }
                voters.append(voter)
            case .relay, .footer:
                lines.stepBack()
                return voters
            case .version, .status, .validAfter, .freshUntil, .validUntil, .knownFlags, .address, .flags, .signature:
                throw misplaced()
            case nil: break
            }
        }
        throw truncated()
    }

    /// The signatures, and how many bytes of the document they are about.
    mutating func signatures(
        of document: Span<UInt8>
    ) throws(DocumentError) -> (signatures: [DirectorySignature], signedLength: Int) {
        var signatures: [DirectorySignature] = []
        var signedLength: Int?
        while let item = try lines.item(of: document) {
            switch Keyword(rawValue: item.keyword) {
            case .signature:
                // Up to the space after the first keyword, so that all authorities sign the same bytes.
                signedLength = signedLength ?? lines.start + item.keyword.utf8.count + 1
                let object = try lines.object("SIGNATURE", in: document)
                guard let signature = DirectorySignature(item.arguments, bytes: object) else {
                    throw lines.malformed("the signature above does not say whose it is")
                }
                guard signatures.count < Self.mostAuthorities else { throw tooMany("signatures", Self.mostAuthorities) }
                signatures.append(signature)
            case .version, .status, .validAfter, .freshUntil, .validUntil, .knownFlags, .voter, .relay, .address,
                .flags, .footer:
                throw misplaced()
            case nil:
                guard signedLength == nil else { throw misplaced() }
            }
        }
        guard let signedLength else { throw truncated() }
        return (signatures, signedLength)
    }

    private func flavor(_ item: Item?) throws(DocumentError) -> ConsensusFlavor {
        guard let item, item.keyword == Keyword.version.rawValue else {
            throw lines.malformed("this is no consensus: it does not begin with \(Keyword.version.rawValue)")
        }
        let arguments = item.arguments
        guard arguments.first == "3" else { throw lines.malformed("a version other than 3") }
        switch arguments.dropFirst().first {
        case nil, "ns": return .ns
        case "microdesc": return .microdesc
        default: throw lines.malformed("a flavor that is not known")
        }
    }

    /// Sets what must be there exactly once.
    private func set<Value>(_ place: inout Value?, _ value: Value?) throws(DocumentError) {
        guard let value else { throw lines.malformed("an item whose value is not what it must be") }
        guard place == nil else { throw lines.malformed("an item twice") }
        place = value
    }

    func misplaced() -> DocumentError {
        lines.malformed("an item where it may not stand")
    }

    func truncated() -> DocumentError {
        lines.malformed("the document ends too early: truncated")
    }

    func tooMany(_ things: String, _ limit: Int) -> DocumentError {
        DocumentError(.oversized, "consensus, line \(lines.number): more than \(limit) \(things)")
    }
}
