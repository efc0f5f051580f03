import Testing

@testable import BoxConfiguration

@Suite("Finding keys in a TOML text")
struct SourceMapTests {
    static let text = #"""
        top = 1
        # [not.a.table]
        [a.b]  # comment
        "quoted.key" = 'x # y'
        c.d = "with \" quote"
        long = """
        first [z]
        "" second""""
        list = [ 1, # one
          "two", [
            3 ],
        ]
        inline = { e = 5, f = { g = "h,}" } }
        date = 1979-05-27 07:32:00 # when
        [[rows]]
        x = 1
        """#

    @Test(
        "Each key has its line and its value as written",
        arguments: [
            (["top"], 1, "1"), (["a", "b"], 3, "[a.b]"), (["a"], 3, "[a.b]"),
            (["a", "b", "quoted.key"], 4, "'x # y'"), (["a", "b", "c", "d"], 5, #""with \" quote""#),
            (["a", "b", "long"], 6, "\"\"\"\nfirst [z]\n\"\" second\"\"\"\""),
            (["a", "b", "list", "[0]"], 9, "1"), (["a", "b", "list", "[1]"], 10, "\"two\""),
            (["a", "b", "list", "[2]", "[0]"], 11, "3"),
            (["a", "b", "inline", "e"], 13, "5"), (["a", "b", "inline", "f", "g"], 13, "\"h,}\""),
            (["a", "b", "date"], 14, "1979-05-27 07:32:00"),
            (["rows"], 15, "[[rows]]"), (["rows", "x"], 16, "1"),
        ])
    func place(path: [String], line: Int, text: String) {
        #expect(SourceMap(Self.text).places[path] == SourceMap.Place(line: line, text: text))
    }

    @Test("A path that is not there has the line of the table around it")
    func missing() {
        let map = SourceMap(Self.text)
        #expect(map.line(of: ["a", "b", "nothing"]) == 3)
        #expect(map.line(of: ["nothing"]) == 1)
    }

    @Test("No text makes it run for ever or beyond the end")
    func anyTextEnds() {
        let bytes = Array(Self.text.utf8)
        for length in 0...bytes.count {
            _ = SourceMap(String(decoding: bytes[..<length], as: UTF8.self))
            _ = SourceMap(String(decoding: bytes[length...], as: UTF8.self))
        }
        for odd in ["]", "=", "}", "[", "{", ",", "\"", "'''", "a", "a.", ".", "[[", "a=[,", "a={=", "\\"] {
            _ = SourceMap(odd)
        }
    }
}
