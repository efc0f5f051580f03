import Testing

@testable import TorControl

struct QuotedStringTests {
    @Test(
        "A quoted string is read up to its closing quote",
        arguments: [
            (#""""#, "", ""),
            (#""a b" c"#, "a b", " c"),
            (#""a\"b""#, #"a"b"#, ""),
            (#""a\\" x"#, #"a\"#, " x"),
            (#""\x\y""#, "xy", ""),
            (#""\n\r\t""#, "\n\r\t", ""),
            (#""\303\251""#, "é", ""),
            (#""\0\1018""#, "\0A8", ""),
            (#""é""#, "é", ""),
        ])
    func reads(text: String, value: String, rest: String) {
        var remaining = Substring(text)
        #expect(QuotedString.read(&remaining) == value)
        #expect(remaining == rest)
    }

    @Test("What is no quoted string is left alone", arguments: ["", "a", #"""#, #""a"#, #""a\"#, #""a\""#, #""\400""#])
    func refuses(text: String) {
        var remaining = Substring(text)
        #expect(QuotedString.read(&remaining) == nil)
        #expect(remaining == text)
    }

    @Test(
        "What is written is read back",
        arguments: ["", "a", #"""#, #"\"#, #"\n"#, #"\""#, "é☃", "a=b c", "\t", "\u{301}\"\u{301}"])
    func roundTrip(value: String) throws {
        var text = Substring(try QuotedString.write(value))
        #expect(QuotedString.read(&text) == value)
        #expect(text.isEmpty)
    }

    @Test("A value that would end the command is not written", arguments: ["a\nb", "a\r\nb", "\r", "a\0"])
    func refusesToWrite(value: String) {
        let error = #expect(throws: ControlError.self) { try QuotedString.write(value) }
        #expect(error?.kind == .argument)
    }
}

struct WordsTests {
    @Test(
        "Arguments are found whatever stands between them",
        arguments: [
            ("", [:]),
            ("A=1 B=2", ["A": "1", "B": "2"]),
            ("  A=1   B=2 ", ["A": "1", "B": "2"]),
            (#"A="x y=z" B=2"#, ["A": "x y=z", "B": "2"]),
            ("stray A=1 more", ["A": "1"]),
            ("A=1 A=2", ["A": "1"]),
            ("A= B=2", ["A": "", "B": "2"]),
            ("A=b=c", ["A": "b=c"]),
            ("=x A=1", ["": "x", "A": "1"]),
        ])
    func arguments(text: String, expected: [String: String]) {
        var words = Words(text)
        #expect(words.arguments() == expected)
    }

    @Test("A quoted value cannot bring arguments of its own")
    func injection() {
        var words = Words(#"SOCKS_USERNAME="x\" PURPOSE=DIR_FETCH " PURPOSE=USER"#)
        #expect(words.arguments()?["PURPOSE"] == "USER")
    }

    @Test("An open quote makes all arguments unreadable")
    func openQuote() {
        var words = Words(#"A=1 B="x C=2"#)
        #expect(words.arguments() == nil)
    }

    @Test("Words come one by one")
    func words() {
        var words = Words("  a  b=c ")
        #expect(words.next() == "a")
        #expect(words.next { $0 == "x" } == nil)
        #expect(words.next { $0 == "b=c" } == "b=c")
        #expect(words.next() == nil)
    }
}
