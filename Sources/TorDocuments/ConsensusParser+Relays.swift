import NetAddress

/// The long part of a consensus: nearly all of its lines, hence read byte by byte without making strings.
extension ConsensusParser {
    /// The relays, in ascending order of identity.
    mutating func relays(
        of document: Span<UInt8>, flavor: ConsensusFlavor, known: KnownFlags
    ) throws(DocumentError) -> [Relay] {
        var relays: [Relay] = []
        // Entries of real documents take 300 to 500 bytes.
        relays.reserveCapacity(min(document.count / 350, Self.mostRelays))
        var known = known
        var current: Relay?
        var hasFlags = false
        while let range = try lines.line(of: document) {
            let line = document.extracting(range)
            let isShort = line.count >= 2 && line[1] == UInt8(ascii: " ")
            switch isShort ? line[0] : 0 {
            case UInt8(ascii: "r"):
                if let current { try append(current, hasFlags: hasFlags, to: &relays) }
                current = try relay(line, flavor: flavor)
                hasFlags = false
            case UInt8(ascii: "s"):
                guard current != nil, !hasFlags else { throw lines.malformed("flags twice or of no relay") }
                guard let flags = known.flags(in: (range.lowerBound + 2)..<range.upperBound, of: document) else {
                    throw lines.malformed("flags that the header does not name, or out of order")
                }
                current?.flags = flags
                hasFlags = true
            case UInt8(ascii: "a"):
                guard current != nil else { throw misplaced() }
                let endpoint = try endpoint(line.extracting(2...))
                // Only the first address of the other family counts; further ones are for a future tor.
                if current?.ipv6Endpoint == nil { current?.ipv6Endpoint = endpoint }
            case UInt8(ascii: "m"), UInt8(ascii: "p"), UInt8(ascii: "v"), UInt8(ascii: "w"):
                break
            default:
                if line.starts(with: "pr ") { continue }
                guard let item = Item(line) else { throw lines.malformed("no keyword") }
                switch Keyword(rawValue: item.keyword) {
                case .footer:
                    if let current { try append(current, hasFlags: hasFlags, to: &relays) }
                    return relays
                case .version, .status, .validAfter, .freshUntil, .validUntil, .knownFlags, .voter, .relay, .address,
                    .flags, .signature:
                    throw misplaced()
                case nil: break
                }
            }
        }
        throw truncated()
    }

    private func append(_ relay: Relay, hasFlags: Bool, to relays: inout [Relay]) throws(DocumentError) {
        guard hasFlags else { throw lines.malformed("the relay before this line has no flags") }
        if let last = relays.last, last.identity >= relay.identity {
            throw lines.malformed("the relay before this line stands there twice or out of order")
        }
        guard relays.count < Self.mostRelays else { throw tooMany("relays", Self.mostRelays) }
        relays.append(relay)
    }

    /// Reads `r nickname identity [digest] date time address orport dirport`; the digest is in flavor `ns` alone.
    private func relay(_ line: Span<UInt8>, flavor: ConsensusFlavor) throws(DocumentError) -> Relay {
        var start = 2
        func field(_ name: StaticString, length: Int? = nil) throws(DocumentError) -> Range<Int> {
            let range = length.map { line.field(ofLength: $0, from: &start) } ?? line.field(from: &start)
            guard let range else { throw lines.malformed("a relay without its \(name)") }
            return range
        }
        _ = try field("nickname")
        guard let identity = line.extracting(try field("identity", length: 27)).fingerprint else {
            throw lines.malformed("the identity of a relay is no digest")
        }
        switch flavor {
        case .ns: _ = try field("descriptor digest", length: 27)
        case .microdesc: break
        }
        _ = try field("date", length: 10)
        _ = try field("time", length: 8)
        guard let address = line.ipv4Address(from: &start) else {
            throw lines.malformed("the address of a relay is no IPv4 address")
        }
        guard let orPort = line.port(from: &start), orPort > 0, let directoryPort = line.port(from: &start) else {
            throw lines.malformed("a port of a relay is none, or missing")
        }
        return Relay(identity: identity, address: address, orPort: orPort, directoryPort: directoryPort)
    }

    /// Reads `[address]:port`; `nil` for an IPv4 address, which has its place in the `r` line.
    private func endpoint(_ text: Span<UInt8>) throws(DocumentError) -> Endpoint? {
        var colon = text.count - 1
        while colon >= 0, text[colon] != UInt8(ascii: ":") { colon -= 1 }
        var afterColon = colon + 1
        guard colon >= 0, let port = text.port(from: &afterColon), port > 0 else {
            throw lines.malformed("a further address of a relay has no port")
        }
        let host = text.extracting(..<colon)
        if host.ipv4Address != nil { return nil }
        guard host.count > 2, host[0] == UInt8(ascii: "["), host[host.count - 1] == UInt8(ascii: "]"),
            let address = text.ipv6Address(in: 1..<(colon - 1))
        else { throw lines.malformed("a further address of a relay is none") }
        return Endpoint(.v6(address), port)
    }
}
