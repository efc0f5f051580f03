import Foundation
import HostSystem
import Testing

@Suite("A file whose lines are in order")
struct SortedLinesTests {
    private func with<Value>(_ content: String, _ body: (SortedLines) throws -> Value) throws -> Value {
        let path = FileManager.default.temporaryDirectory.appending(path: "lines-\(UInt64.random(in: 0 ... .max))").path
        try content.write(toFile: path, atomically: false, encoding: .utf8)
        defer { try? FileManager.default.removeItem(atPath: path) }
        return try body(SortedLines(path))
    }

    @Test("Of lines of any length the last one that comes first is found, with and without an end", arguments: 0...40)
    func finds(count: Int) throws {
        let lines = (0..<count).map { "\(1000 + 2 * $0)" + String(repeating: "-", count: $0 * 7 % 50) }
        for end in ["", "\n"] {
            try with(lines.joined(separator: "\n") + end) { file in
                for wanted in 998..<(1002 + 2 * count) {
                    let found = try file.last { Int($0.prefix(4)).map { $0 <= wanted } ?? true }
                    let meant = lines.last { Int($0.prefix(4))! <= wanted }
                    // An end on its own is an empty line.
                    #expect(found == meant || (meant == nil && found?.isEmpty == true), "\(wanted)")
                }
            }
        }
    }

    @Test("A line that is too long is said, wherever it stands", arguments: ["", "a\n", "a\nb\n"])
    func tooLong(before: String) throws {
        try with(before + String(repeating: "x", count: 2000) + "\nz\n") { file in
            for comesFirst in [true, false] where before.isEmpty || comesFirst {
                #expect(throws: HostError.self) { try file.last { _ in comesFirst } }
            }
        }
    }

    @Test("A file that is not there is said")
    func missing() {
        let error = #expect(throws: HostError.self) { try SortedLines("/nonexistent").last { _ in true } }
        #expect(error?.message.contains("/nonexistent") == true)
    }

    @Test("Bytes that are no text, and lines in no order, end the search all the same")
    func noise() throws {
        var random = SystemRandomNumberGenerator()
        for _ in 0..<200 {
            let bytes = (0..<400).map { _ in UInt8.random(in: 8...12, using: &random) }
            try with(String(decoding: bytes, as: UTF8.self)) { file in
                _ = try file.last { $0.utf8.count.isMultiple(of: 2) }
            }
        }
    }
}
