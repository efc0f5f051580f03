import NetAddress
import Testing
import TorLink

/// All that is left of a handshake after these bytes, which come in one piece or in several.
private func answer(to pieces: [[UInt8]]) throws -> UncheckedAnswer? {
    var handshake = LinkHandshake()
    var answer: UncheckedAnswer?
    for piece in pieces {
        if let last = try handshake.receive(piece) { answer = last }
    }
    return answer
}

private func answer(to cells: [UInt8]...) throws -> UncheckedAnswer? {
    try answer(to: [cells.flatMap { $0 }])
}

private let padding: [UInt8] = [0, 0, 0, 0, 0] + [UInt8](repeating: 7, count: 509)
private let variablePadding: [UInt8] = [0, 0, 0, 0, 128, 0, 3, 1, 2, 3]
private let (versions, certificates) = (Sample.versions, Sample.certificates)
private let (challenge, netinfo) = (Sample.challenge, Sample.netinfo)

@Suite("The opening of a link")
struct HandshakeTests {
    @Test("What a real tor says is understood, wherever it is split")
    func understandsTor() throws {
        for place in 0...Sample.cells.count {
            let pieces = [Array(Sample.cells.prefix(place)), Array(Sample.cells.dropFirst(place))]
            let word = try #require(try answer(to: pieces)).verified(as: Sample.pin, over: Sample.tlsCertificate)
            #expect(word.time == Sample.time)
            #expect(word.relay.fingerprint == Sample.pin.fingerprint)
            #expect(word.relay.ed25519 == Sample.pin.ed25519)
        }
        #expect(try answer(to: Sample.cells.map { [$0] }) != nil)
    }

    @Test("It begins as tor begins, and ends with a NETINFO that tells nothing")
    func speaksAsClients() throws {
        #expect(LinkHandshake.opening == [0, 0, 7, 0, 6, 0, 3, 0, 4, 0, 5])
        let v4 = LinkHandshake.closing(to: try #require(IPAddress("192.0.2.7")))
        #expect(v4.prefix(17) == [0, 0, 0, 0, 8, 0, 0, 0, 0, 4, 4, 192, 0, 2, 7, 0, 0])
        #expect(v4.count == 514)
        let v6 = LinkHandshake.closing(to: try #require(IPAddress("2001:db8::1")))
        #expect(v6.prefix(11) == [0, 0, 0, 0, 8, 0, 0, 0, 0, 6, 16])
        #expect(v6.count == 514)
    }

    @Test("Nothing is believed before the last byte", arguments: [1, 11, 514, 515])
    func waitsForAll(missing: Int) throws {
        #expect(try answer(to: Array(Sample.cells.dropLast(missing))) == nil)
    }

    @Test("Padding may stand between all cells")
    func allowsPadding() throws {
        let early: [UInt8] = [0, 0, 128, 0, 2, 9, 9]
        #expect(
            try answer(
                to: early, versions, padding, certificates, variablePadding, challenge, padding, netinfo, padding)
                != nil)
    }

    @Test(
        "Cells out of their turn are refused",
        arguments: [
            [certificates], [netinfo], [padding],
            [versions, challenge], [versions, netinfo], [versions, certificates, netinfo],
            [versions, certificates, challenge, challenge],
            // Twice, where the second says the same or would come later.
            [versions, certificates, certificates], [versions, certificates, challenge, certificates],
            [versions, certificates, challenge, netinfo, netinfo],
            [versions, certificates, challenge, netinfo, certificates],
            [versions, [0, 0] + versions], [versions, certificates, challenge, netinfo, [0, 0] + versions],
            // CREATED, RELAY, AUTHENTICATE, AUTHORIZE, and a type that nobody knows.
            [versions, [0, 0, 0, 0, 2]], [versions, [0, 0, 0, 0, 3]], [versions, [0, 0, 0, 0, 131]],
            [[0, 0, 132]], [versions, [0, 0, 0, 0, 255]],
        ])
    func refusesDisorder(cells: [[UInt8]]) {
        let error = #expect(throws: LinkError.self) { try answer(to: [cells.flatMap { $0 }]) }
        #expect(error?.kind == .disordered || error?.kind == .garbage, "\(String(describing: error))")
    }

    @Test(
        "Cells in no due form are refused",
        arguments: [
            // Half a version; a circuit; certificates, methods and addresses that reach past the end.
            [[0, 0, 7, 0, 3, 0, 4, 0]], [[0, 1, 7]], [versions, [0, 0, 0, 1, 129]],
            [versions, [0, 0, 0, 0, 129, 0, 0]], [versions, [0, 0, 0, 0, 129, 0, 1, 1]],
            [versions, [0, 0, 0, 0, 129, 0, 5, 1, 4, 0, 9, 1]],
            [versions, [0, 0, 0, 0, 129, 0, 9, 2, 9, 0, 1, 1, 9, 0, 1, 1]],
            [versions, certificates, [0, 0, 0, 0, 130, 0, 33] + [UInt8](repeating: 1, count: 33)],
            [versions, certificates, [0, 0, 0, 0, 130, 0, 34] + [UInt8](repeating: 1, count: 34)],
            [versions, certificates, challenge, [0, 0, 0, 0, 8] + [UInt8](repeating: 255, count: 509)],
        ] as [[[UInt8]]])
    func refusesGarbage(cells: [[UInt8]]) {
        let error = #expect(throws: LinkError.self) { try answer(to: [cells.flatMap { $0 }]) }
        #expect(error?.kind == .garbage, "\(String(describing: error))")
    }

    @Test("Only versions 4 and 5 are spoken", arguments: [[], [1], [3], [2, 3], [6], [0x0400]] as [[UInt16]])
    func refusesOldVersions(offered: [UInt16]) {
        let body = offered.flatMap { [UInt8($0 >> 8), UInt8($0 & 255)] }
        let error = #expect(throws: LinkError.self) { try answer(to: [0, 0, 7, 0, UInt8(body.count)] + body) }
        #expect(error?.kind == .incompatible)
    }

    @Test(
        "Versions 4 and 5 are taken, with others beside them", arguments: [[4], [5], [3, 4], [5, 6, 7]] as [[UInt16]])
    func takesVersions(offered: [UInt16]) throws {
        let body = offered.flatMap { [UInt8($0 >> 8), UInt8($0 & 255)] }
        let cell: [UInt8] = [0, 0, 7, 0, UInt8(body.count)] + body
        #expect(try answer(to: cell, certificates, challenge, netinfo) != nil)
    }

    @Test("A relay that never stops is refused, in cells, in bytes, and in the length that it announces")
    func isBounded() {
        let endless: [[[UInt8]]] = [
            [versions] + Array(repeating: [0, 0, 0, 0, 128, 0, 0], count: 40),
            [versions] + Array(repeating: padding, count: 70),
            [versions, [0, 0, 0, 0, 128, 0xFF, 0xFF]], [versions, [0, 0, 0, 0, 129, 0x20, 0x01]],
            [[0, 0, 7, 0xFF, 0xFF]],
        ]
        for cells in endless {
            let error = #expect(throws: LinkError.self) { try answer(to: cells) }
            #expect(error?.kind == .oversized)
        }
    }

    @Test("Arbitrary bytes are refused or waited on, never believed")
    func survivesNoise() {
        var random = SystemRandomNumberGenerator()
        for _ in 0..<2000 {
            let noise = (0..<Int.random(in: 0...600)).map { _ in UInt8.random(in: 0...255, using: &random) }
            let afterVersions = Bool.random()
            #expect((try? answer(to: afterVersions ? versions + noise : noise)) == nil)
        }
    }

    @Test("A relay that says no time is refused")
    func needsTime() throws {
        let silent = Array(netinfo.prefix(5)) + [0, 0, 0, 0] + netinfo.dropFirst(9)
        let said = try #require(try answer(to: versions, certificates, challenge, silent))
        let error = #expect(throws: LinkError.self) { try said.verified(as: Sample.pin, over: Sample.tlsCertificate) }
        #expect(error?.kind == .noTime)
    }
}
