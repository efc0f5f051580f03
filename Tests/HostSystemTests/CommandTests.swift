import HostSystem
import Testing

@Suite("Commands")
struct CommandTests {
    @Test("A command returns what it printed, fed with its input")
    func runs() async throws {
        #expect(try await Command("cat").run(input: "one\ntwo\n") == "one\ntwo\n")
    }

    @Test("Input of any length arrives whole")
    func readsMuch() async throws {
        let input = String(repeating: "0123456789abcde\n", count: 1 << 16)
        #expect(try await Command("cat").run(input: input) == input)
    }

    @Test("A command that ends without reading its input does no harm", arguments: 1...200)
    func endsEarly(run: Int) async throws {
        #expect(try await Command("true").run(input: String(repeating: "unread\n", count: 150_000)).isEmpty)
    }

    @Test("Arguments reach the program as they are, without a shell")
    func hasNoShell() async throws {
        #expect(try await Command("echo", ["$HOME;", "`id`"]).run() == "$HOME; `id`\n")
    }

    @Test("A failure names the command, its exit code and its last words")
    func fails() async throws {
        let error = await #expect(throws: HostError.self) {
            try await Command("sh", ["-c", "echo first >&2; echo last >&2; exit 3"]).run()
        }
        #expect(error?.message.hasSuffix("exit 3: last") == true)
        #expect(error?.kind == .command)
    }

    @Test("A program that is not there is said so")
    func isMissing() async throws {
        await #expect(throws: (any Error).self) { try await Command("/no/such/program").run() }
    }

    @Test("A command that takes too long is ended and says what was waited for")
    func meetsItsLimit() async throws {
        let error = await #expect(throws: HostError.self) {
            try await Command("sleep", ["600"]).run(limit: .milliseconds(200))
        }
        #expect(error?.kind == .timeLimit)
    }

    @Test("Inside a namespace it goes through ip")
    func entersNamespaces() {
        #expect(
            Command("curl", ["-s"]).inside(namespace: "x").description == "ip netns exec x curl -s")
    }
}
