import NetAddress

/// The opening of a Tor link as a client sees it, without any I/O (tor-spec, "Negotiating and initializing channels").
///
/// After ``opening`` is sent, ``receive(_:)`` takes whatever comes: VERSIONS, CERTS, AUTH_CHALLENGE, NETINFO, in this
/// order, each once, with padding between them. It is stricter than tor-spec, which ignores a second VERSIONS. After an
/// error the value is of no use.
public struct LinkHandshake: Sendable {
    /// What tor 0.4.9 offers. Version 3 is offered to look like it, and not spoken.
    private static let versions: [UInt16] = [3, 4, 5]
    private static let spoken: ClosedRange<UInt16> = 4...5

    /// What the client says first.
    public static var opening: [UInt8] {
        let body = versions.flatMap { [UInt8($0 >> 8), UInt8($0 & 255)] }
        return Cell(command: .versions, body: body[...]).encoded(circuitBytes: 2)
    }

    /// What the client says last: NETINFO, with a time of 0 and no address of its own, as tor's clients do.
    public static func closing(to relay: IPAddress) -> [UInt8] {
        Cell(command: .netinfo, body: Netinfo.ofClient(seeing: relay)[...]).encoded(circuitBytes: 4)
    }

    /// What is waited for.
    public private(set) var step = LinkStep.versions
    private var cells = CellReader()
    private var certificates: UncheckedCertificates?

    public init() {}

    /// Takes bytes as they come from the relay.
    ///
    /// - Returns: what the relay said, in the call that brought the last of it; `nil` before and after.
    /// - Throws: ``LinkError`` without the relay's name, as soon as the bytes show that they will not do.
    public mutating func receive(_ bytes: some Collection<UInt8>) throws(LinkError) -> UncheckedAnswer? {
        try cells.take(bytes, at: step)
        var answer: UncheckedAnswer?
        while let cell = try cells.next(at: step) {
            if let last = try receive(cell) { answer = last }
        }
        return answer
    }

    private mutating func receive(_ cell: Cell) throws(LinkError) -> UncheckedAnswer? {
        switch (cell.command, step) {
        case (.padding, _), (.variablePadding, _): break
        case (.versions, .versions):
            try agree(on: cell.body)
            cells.circuitBytes = 4
            step = .certificates
        case (.certificates, .certificates):
            certificates = try UncheckedCertificates(parsing: cell.body)
            step = .challenge
        case (.challenge, .challenge):
            try Self.checkForm(ofChallenge: cell.body)
            step = .netinfo
        case (.netinfo, .netinfo):
            let netinfo = try Netinfo(parsing: cell.body)
            step = .done
            return certificates.map { UncheckedAnswer(certificates: $0, time: netinfo.time) }
        case (.versions, _), (.certificates, _), (.challenge, _), (.netinfo, _):
            let instead = step == .done ? "nothing more" : step.rawValue
            throw LinkError(.disordered, step, "a \(cell.command.name) cell where \(instead) is due")
        }
        return nil
    }

    private func agree(on body: ArraySlice<UInt8>) throws(LinkError) {
        var reader = ByteReader(body)
        var best: UInt16 = 0
        while !reader.isAtEnd {
            guard let version = reader.uint16() else {
                throw LinkError(.garbage, step, "a VERSIONS cell with half a version")
            }
            if Self.versions.contains(version) { best = max(best, version) }
        }
        guard Self.spoken.contains(best) else {
            throw LinkError(.incompatible, step, "it speaks no version of the link protocol that is in use today")
        }
    }

    /// Nobody answers the challenge, since a client has nothing to prove. Octets after the methods are ignored.
    private static func checkForm(ofChallenge body: ArraySlice<UInt8>) throws(LinkError) {
        var reader = ByteReader(body)
        guard reader.take(32) != nil, let methods = reader.uint16(), reader.take(2 * Int(methods)) != nil else {
            throw LinkError(.garbage, .challenge, "an AUTH_CHALLENGE cell that ends too early")
        }
    }
}
