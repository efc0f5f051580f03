import HostSystem
import Synchronization
import Testing

@Suite("Commands whose lines are read as they come")
struct CommandLinesTests {
    private func lines(_ program: String, _ arguments: [String], input: String) async throws -> [String] {
        let lines = Mutex<[String]>([])
        try await Command(program, arguments).lines(input: input, limit: .seconds(20)) { line in
            lines.withLock { $0.append(line) }
        }
        return lines.withLock { $0 }
    }

    @Test("Every line arrives, in order, without its end")
    func reads() async throws {
        #expect(try await lines("cat", [], input: "one\ntwo\n") == ["one", "two"])
    }

    @Test("A command that ends without reading its input does no harm", arguments: 1...50)
    func endsEarly(run: Int) async throws {
        #expect(try await lines("true", [], input: String(repeating: "unread\n", count: 1_000)).isEmpty)
    }

    @Test("A command that fails says so")
    func fails() async {
        let error = await #expect(throws: HostError.self) { try await lines("false", [], input: "x") }
        #expect(error?.kind == .command)
    }
}
