import Testing
import TorControl

struct ReplyParserTests {
    struct Stream: Sendable, CustomTestStringConvertible {
        var name: String
        var bytes: String
        var replies: [Reply]
        var testDescription: String { name }

        init(_ name: String, _ bytes: String, _ replies: Reply...) {
            (self.name, self.bytes, self.replies) = (name, bytes, replies)
        }
    }

    static func reply(_ code: Int, _ lines: Reply.Line...) -> Reply { Reply(code: code, lines: lines) }
    static func line(_ text: String, data: String? = nil) -> Reply.Line {
        Reply.Line(text: text, data: data.map { Array($0.utf8) })
    }

    static let streams = [
        Stream("nothing", ""),
        Stream("one end line", "250 OK\r\n", reply(250, line("OK"))),
        Stream("an end line without text", "250 \r\n", reply(250, line(""))),
        Stream("half a line is no reply yet", "250 O"),
        Stream("mid lines wait for the end line", "250-version=0.4.9.11\r\n"),
        Stream(
            "mid lines", "250-version=0.4.9.11\r\n250-process/pid=7\r\n250 OK\r\n",
            reply(250, line("version=0.4.9.11"), line("process/pid=7"), line("OK"))),
        Stream(
            "a data section", "250+ns/all=\r\nr a\r\ns b\r\n.\r\n250 OK\r\n",
            reply(250, line("ns/all=", data: "r a\ns b"), line("OK"))),
        Stream("an empty data section", "250+x=\r\n.\r\n250 OK\r\n", reply(250, line("x=", data: ""), line("OK"))),
        Stream(
            "empty lines in a data section stay", "250+x=\r\n\r\na\r\n\r\n.\r\n250 OK\r\n",
            reply(250, line("x=", data: "\na\n"), line("OK"))),
        Stream(
            "stuffed dots", "250+x=\r\n..\r\n..a\r\n...\r\n.\r\n250 OK\r\n",
            reply(250, line("x=", data: ".\n.a\n.."), line("OK"))),
        Stream(
            "data that looks like replies", "250+x=\r\n250 OK\r\n650 CIRC 1 BUILT\r\n.\r\n250 OK\r\n",
            reply(250, line("x=", data: "250 OK\n650 CIRC 1 BUILT"), line("OK"))),
        Stream(
            "two data sections", "250+a=\r\n1\r\n.\r\n250+b=\r\n2\r\n.\r\n250 OK\r\n",
            reply(250, line("a=", data: "1"), line("b=", data: "2"), line("OK"))),
        Stream(
            "events between replies",
            "650 CIRC 1 BUILT\r\n250 OK\r\n650+NEWCONSENSUS\r\nr a\r\n.\r\n650 OK\r\n510 No\r\n",
            reply(650, line("CIRC 1 BUILT")), reply(250, line("OK")),
            reply(650, line("NEWCONSENSUS", data: "r a"), line("OK")), reply(510, line("No"))),
        Stream(
            "lines of different codes in one answer", "512-a\r\n250 b\r\n", reply(250, line("a"), line("b"))),
        Stream("a carriage return inside a line", "250 a\rb\r\n", reply(250, line("a\rb"))),
    ]

    @Test("A stream is read the same wherever it is cut", arguments: streams)
    func cuts(_ stream: Stream) throws {
        let bytes = Array(stream.bytes.utf8)
        for cut in 0...bytes.count {
            var parser = ReplyParser()
            let replies = try parser.consume(Array(bytes[..<cut])) + parser.consume(Array(bytes[cut...]))
            #expect(replies == stream.replies, "cut at \(cut)")
        }
    }

    @Test("A stream is read the same byte by byte", arguments: streams)
    func singleBytes(_ stream: Stream) throws {
        var parser = ReplyParser()
        let replies = try stream.bytes.utf8.flatMap { try parser.consume([$0]) }
        #expect(replies == stream.replies)
    }

    static let malformed: [(name: String, bytes: String)] = [
        ("a bare line feed", "250 OK\n"),
        ("a bare line feed in data", "250+x=\r\na\nb\r\n.\r\n250 OK\r\n"),
        ("an empty line", "\r\n"),
        ("a code without more", "250\r\n"),
        ("no separator", "250OK\r\n"),
        ("letters for a code", "abc OK\r\n"),
        ("two digits", "25 OK\r\n"),
        ("a code that begins with zero", "050 OK\r\n"),
        ("a sign", "+50 OK\r\n"),
        ("digits that are not ASCII", "２５０ OK\r\n"),
        ("a web server", "HTTP/1.1 400 Bad Request\r\n"),
        ("a zero byte", "\0\0\0\0\r\n"),
        ("an event inside an answer", "250-a=1\r\n650 CIRC 1 BUILT\r\n"),
        ("an answer inside an event", "650-CIRC 1 BUILT\r\n250 OK\r\n"),
    ]

    @Test("Malformed input is an error, and stays one", arguments: malformed.map(\.bytes))
    func malformedInput(_ bytes: String) {
        var parser = ReplyParser()
        let first = #expect(throws: ControlError.self) { try parser.consume(Array(bytes.utf8)) }
        #expect(first?.kind == .malformed)
        let second = #expect(throws: ControlError.self) { try parser.consume(Array("250 OK\r\n".utf8)) }
        #expect(second == first)
    }

    @Test("A line may be as long as the limit and no longer", arguments: [true, false])
    func lineLimit(endsTheLine: Bool) throws {
        var parser = ReplyParser(limits: .init(line: 10, reply: 100))
        #expect(try parser.consume(Array("250 123456\r\n".utf8)).count == 1)
        let tooLong = "250 1234567" + (endsTheLine ? "\r\n" : "8")
        #expect(throws: ControlError.self) { try parser.consume(Array(tooLong.utf8)) }
    }

    @Test("A line that never ends is refused however slowly it comes")
    func endlessLine() {
        var parser = ReplyParser(limits: .init(line: 1000, reply: 10_000))
        #expect(throws: ControlError.self) {
            for _ in 0..<2000 { _ = try parser.consume([UInt8(ascii: "2")]) }
        }
    }

    @Test("A reply that never ends is refused", arguments: ["250-x=1\r\n", "data\r\n", "\r\n"])
    func endlessReply(line: String) {
        var parser = ReplyParser(limits: .init(line: 1000, reply: 10_000))
        #expect(throws: ControlError.self) {
            _ = try parser.consume(Array((line.hasPrefix("250") ? "" : "250+x=\r\n").utf8))
            for _ in 0..<20_000 { _ = try parser.consume(Array(line.utf8)) }
        }
    }

    @Test("The size of one reply does not count towards the next")
    func limitsStartAnew() throws {
        var parser = ReplyParser(limits: .init(line: 20, reply: 20))
        for _ in 0..<10 { #expect(try parser.consume(Array("250 12345678\r\n".utf8)).count == 1) }
    }

    @Test("No bytes at random bring the parser down", arguments: 1...20)
    func randomBytes(seed: UInt64) {
        var random = SplitMix(state: seed)
        let alphabet = Array("256 -+.\r\n\r\nOK\"\\=\0".utf8) + [0xFF, 0xC3]
        for _ in 0..<200 {
            var parser = ReplyParser(limits: .init(line: 32, reply: 128))
            let bytes = (0..<200).map { _ in alphabet.randomElement(using: &random)! }
            do {
                let replies = try parser.consume(bytes)
                #expect(replies.allSatisfy { !$0.lines.isEmpty && (100...999).contains($0.code) })
            } catch {
                #expect(error.kind == .malformed)
            }
        }
    }
}

/// Random numbers that are the same on each run.
struct SplitMix: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
