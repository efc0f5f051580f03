import Testing

@testable import TorDocuments

/// A change that makes the sample a document to refuse, and a word that the reason must contain.
struct Damage: CustomTestStringConvertible, Sendable {
    let testDescription: String
    let word: String
    let document: [UInt8]

    init(_ name: String, _ word: String, _ document: [UInt8]) {
        testDescription = name
        self.word = word
        self.document = document
    }

    init(_ name: String, _ word: String, _ document: String) {
        self.init(name, word, Array(document.utf8))
    }

    /// The microdesc sample with one text for another.
    init(_ name: String, _ word: String, _ old: String, _ new: String) {
        self.init(name, word, Sample.replacing(old, with: new))
    }

    static let all: [Damage] = {
        let sample = Sample.text(Sample.microdescConsensus)
        let entries = sample.relayEntries
        let relay = entries[3]
        let known = sample.line("known-flags")
        return [
            Damage("an empty file", "empty", []),
            Damage("a line end alone", "no keyword", [10]),
            Damage("random bytes", "no keyword", [0xFF, 0xFE, 0x80, 0x81, 0x0A, 0x90]),
            Damage("a zero byte", "zero byte", Array(sample.utf8) + [0]),
            Damage("CRLF line ends", "carriage return", "\n", "\r\n"),
            Damage("a web page", "no keyword", Array("<html></html>\n".utf8)),
            Damage("certificates", "line 1: this is no consensus", Sample.certificateFile),
            Damage("one byte more than the limit", "bytes", [UInt8](repeating: 0x61, count: (32 << 20) + 1)),
            Damage("the last line end missing", "truncated", Sample.microdescConsensus.dropLast()),
            Damage("two documents in one", "may not stand", Sample.microdescConsensus + Sample.microdescConsensus),
            Damage("an empty line", "no keyword", "\ndirectory-footer", "\n\ndirectory-footer"),

            Damage("version 2", "version", "version 3", "version 2"),
            Damage("an unknown flavor", "flavor", "version 3 microdesc", "version 3 diff"),
            Damage("a vote", "value", "vote-status consensus", "vote-status vote"),
            Damage("no status", "lacks", "vote-status consensus\n", ""),
            Damage("no date", "lacks", "\(sample.line("fresh-until"))\n", ""),
            Damage(
                "a date twice", "twice", sample.line("valid-until"),
                "\(sample.line("valid-until"))\n\(sample.line("valid-until"))"),
            Damage("a day that never was", "value", sample.line("valid-after"), "valid-after 2026-02-30 10:00:00"),
            Damage("a date in words", "value", sample.line("valid-after"), "valid-after tomorrow noon"),
            Damage(
                "dates in the wrong order", "contradict", sample.line("valid-after"), "valid-after 2036-01-01 00:00:00"),
            Damage("no known flags", "lacks", "\(known)\n", ""),
            Damage("known flags with two spaces", "value", known, "\(known)  Valid"),

            Damage("no authorities", "truncated", sample.head(before: "\ndir-source")),
            Damage("a relay before the authorities", "may not stand", "\nvote-status", "\n\(relay)vote-status"),
            Damage("an authority without fields", "fields", sample.line("dir-source node1"), "dir-source node1"),
            Damage(
                "an authority twice", "twice", sample.line("dir-source node1"),
                "\(sample.line("dir-source node1"))\n\(sample.line("dir-source node1"))"),
            Damage(
                "a date among the authorities", "may not stand", "\ncontact", "\n\(sample.line("valid-until"))\ncontact"
            ),
            Damage("authorities without end", "more than 100", sample.manyVoters(200)),

            Damage("a relay twice", "twice", relay, relay + relay),
            Damage("relays out of order", "out of order", entries[2] + entries[3], entries[3] + entries[2]),
            Damage("a relay without flags", "no flags", relay, relay.without(line: "s ")),
            Damage("the last relay without flags", "no flags", entries[7], entries[7].without(line: "s ")),
            Damage("flags twice", "flags twice", relay, relay + relay.line("s ") + "\n"),
            Damage("flags before a relay", "may not stand", "\n\(entries[0])", "\ns Guard\n\(entries[0])"),
            Damage("an address before a relay", "may not stand", "\n\(entries[0])", "\na [::1]:1\n\(entries[0])"),
            Damage("a flag that the header does not name", "does not name", "HSDir Running", "HSDir Rumbling"),
            Damage("flags out of order", "out of order", "V2Dir Valid\nv", "Valid V2Dir\nv"),
            Damage("flags with two spaces", "flags", "V2Dir Valid\nv", "V2Dir  Valid\nv"),
            Damage("a relay cut short", "missing", relay.line("r "), relay.line("r ").withoutLastWord),
            Damage("a short identity", "without its identity", relay.word(2), String(relay.word(2).dropLast())),
            Damage("an identity in another alphabet", "no digest", relay.word(2), "!" + relay.word(2).dropFirst()),
            Damage("an identity with bits left over", "no digest", relay.word(2), relay.word(2).dropLast() + "B"),
            Damage("an address with 256", "IPv4", "10.84.9.6 ", "10.84.9.256 "),
            Damage("an address with a name", "IPv4", "10.84.9.6 ", "localhost "),
            Damage("an ORPort of 0", "port", "10.84.9.6 5000", "10.84.9.6 0"),
            Damage("an ORPort of 65536", "port", "10.84.9.6 5000", "10.84.9.6 65536"),
            Damage("a negative DirPort", "port", "10.84.9.6 5000 0", "10.84.9.6 5000 -1"),
            Damage("two spaces between fields", "missing", "10.84.9.6 5000", "10.84.9.6  5000"),
            Damage(
                "an IPv6 address without brackets", "further address", "a [fd00:84:9::4]:5000", "a fd00:84:9::4:5000"),
            Damage("an IPv6 address without port", "further address", "a [fd00:84:9::4]:5000", "a [fd00:84:9::4]"),
            Damage("a broken IPv6 address", "further address", "a [fd00:84:9::4]:5000", "a [fd00::84:9::4]:5000"),
            Damage(
                "an ns document under the other name", "",
                Sample.replacing("version 3", with: "version 3 microdesc", in: .ns)),
            Damage("a header item among the relays", "may not stand", relay, relay + known + "\n"),
            Damage("more relays than any network has", "more than 100000", sample.manyRelays(100_002)),

            Damage("no footer", "may not stand", "\ndirectory-footer", ""),
            Damage("no signatures", "truncated", sample.head(before: "\ndirectory-signature")),
            Damage("a relay after the footer", "may not stand", "\ndirectory-footer\n", "\ndirectory-footer\n\(relay)"),
            Damage("something after the signatures", "may not stand", sample + "x-more\n"),
            Damage(
                "a signature without a name", "whose", sample.line("directory-signature"), "directory-signature sha256"),
            Damage("a signature without its object", "truncated", sample.head(before: "\n-----BEGIN SIGNATURE")),
            Damage("a signature without its end", "truncated", sample.head(before: "\n-----END SIGNATURE")),
            Damage("a key in place of a signature", "another kind", "SIGNATURE-----", "RSA PUBLIC KEY-----"),
            Damage(
                "a signature that is no base64", "no base64", "-----BEGIN SIGNATURE-----\n",
                "-----BEGIN SIGNATURE-----\n@@@@\n"),
            Damage("a signature cut within", "no whole base64", "=\n-----END", "\n-----END"),
            Damage(
                "a signature without measure", "longer than", "-----BEGIN SIGNATURE-----\n",
                "-----BEGIN SIGNATURE-----\n" + String(repeating: "AAAA", count: 4096) + "\n"),
            Damage(
                "signatures without end", "more than 100", sample + String(repeating: sample.signatures[2], count: 100)),
        ]
    }()
}

@Suite("A consensus is refused, with the place and the reason,")
struct RefusalTests {
    @Test("when it is damaged", arguments: Damage.all)
    func damaged(damage: Damage) {
        #expect {
            try UncheckedConsensus(parsing: damage.document)
        } throws: { error in
            let error = error as? DocumentError
            #expect(error?.message.contains(damage.word) == true, "\(String(describing: error))")
            #expect(error?.message.hasPrefix("consensus") == true)
            return error?.kind == .malformed || error?.kind == .oversized
        }
    }

    @Test("when it is cut off anywhere but after a signature, where the majority decides")
    func cut() throws {
        let document = Sample.microdescConsensus
        for length in document.indices {
            let part = Array(document.prefix(length))
            let isSigned = part.suffix(24) == Array("-----END SIGNATURE-----\n".utf8)[...]
            #expect(kind { try UncheckedConsensus(parsing: part) } == (isSigned ? nil : .malformed), "cut at \(length)")
        }
    }

    @Test("with the number of the line")
    func lineNumber() {
        let lines = Sample.text(Sample.microdescConsensus).split(separator: "\n", omittingEmptySubsequences: false)
        let number = lines.firstIndex { $0.hasPrefix("r node6") }! + 1
        let error = #expect(throws: DocumentError.self) {
            try UncheckedConsensus(parsing: Sample.replacing("10.84.9.6 5000", with: "10.84.9.6 none"))
        }
        #expect(error?.message == "consensus, line \(number): a port of a relay is none, or missing")
    }
}
