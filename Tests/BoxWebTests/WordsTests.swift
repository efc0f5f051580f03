import BoxModel
import FoundationEssentials
import Testing

@testable import BoxWeb

@Suite("The sentences of the pages")
struct WordsTests {
    private static let folder = String(#filePath.prefix(while: { _ in true })).replacing(
        /Tests\/BoxWebTests\/WordsTests.swift$/, with: "Sources/BoxWeb")

    @Test("Both catalogues have the same sentences with the same gaps")
    func sameKeys() throws {
        let (english, french) = (try Words(.english), try Words(.french))
        #expect(english.keys == french.keys)
        for key in english.keys {
            let gaps = [english(key), french(key)].map { Set($0.matches(of: /%[0-9]/).map { String($0.output) }) }
            #expect(gaps[0] == gaps[1], "\(key)")
            #expect(!french(key).isEmpty && !english(key).isEmpty, "\(key)")
        }
    }

    @Test("Every sentence is used, and every one that is used exists")
    func used() throws {
        let files = try FileManager.default.subpathsOfDirectory(atPath: Self.folder)
        let text = try files.filter { $0.hasSuffix(".swift") || $0.hasSuffix(".mustache") }.map {
            String(decoding: try #require(FileManager.default.contents(atPath: "\(Self.folder)/\($0)")), as: UTF8.self)
        }.joined()
        let keys = try Words(.english).keys
        let inTemplates = Set(text.matches(of: /\{\{t\.([A-Za-z0-9_]+)\}\}/).map { String($0.output.1) })
        #expect(inTemplates.isSubset(of: keys), "missing: \(inTemplates.subtracting(keys))")
        let whole = Set(text.matches(of: /"([a-z]+(_[A-Za-z0-9]+)+)"/).map { String($0.output.1) })
        // `"fate_\(…)"`: the rest of the name comes from an enum.
        let beginnings = text.matches(of: /"([a-z]+_)\\\(/).map { String($0.output.1) }
        let endings = ["_title"]
        let unused = keys.filter { key in
            !inTemplates.contains(key) && !whole.contains(key) && !beginnings.contains { key.hasPrefix($0) }
                && !endings.contains { key.hasSuffix($0) }
        }
        #expect(unused.isEmpty, "unused: \(unused.sorted())")
    }

    @Test("Every reason has its sentence in both languages, with all that it names", arguments: Reason.Code.allCases)
    func reasons(code: Reason.Code) throws {
        for language in [Language.english, .french] {
            let words = try Words(language)
            #expect(words.keys.contains("reason_\(code.rawValue)"))
            #expect(!words(Reason(code, "<1>", "<2>", "<3>")).contains("%"))
        }
        #expect(try Words(.french)(Reason(.torNumber, "NumEntryGuards", "0", "8")).hasPrefix("NumEntryGuards prend"))
    }

    @Test(
        "The reader's language",
        arguments: [
            (nil, "fr-CH,fr;q=0.9,en;q=0.8", Language.french), (nil, "de,en;q=0.5,fr;q=0.4", .english),
            (nil, nil, .english),
            ("fr", "en", .french), ("xx", "fr", .french), (nil, "en;q=0.3, fr;q=0.7", .french), (nil, "*", .english),
        ] as [(String?, String?, Language)])
    func language(chosen: String?, accept: String?, expected: Language) {
        #expect(Language(chosen: chosen, acceptLanguage: accept) == expected)
    }

    @Test("Numbers in the reader's form")
    func quantities() {
        let (english, french) = (Quantity(language: .english), Quantity(language: .french))
        #expect(english.count(1_234_567) == "1,234,567" && french.count(1_234_567) == "1\u{202F}234\u{202F}567")
        #expect(english.count(12) == "12" && english.count(-1234) == "-1,234")
        #expect(english.bytes(1_540_000) == "1.5\u{A0}MB" && french.bytes(1_540_000) == "1,5\u{A0}Mo")
        #expect(english.bytes(0) == "0\u{A0}bytes" && english.bytes(999_999) == "1\u{A0}MB")
        #expect(english.duration(seconds: 93784) == "1\u{A0}d 2\u{A0}h" && french.duration(seconds: 0) == "0\u{A0}s")
        #expect(french.day("2026-08-01") == "1\u{A0}août\u{A0}2026" && english.day("soon") == "soon")
    }
}
