import Glibc
import HostSystem
import NetAddress
import Testing

@testable import BoxLab

struct WebServerTests {
    @Test("A large page arrives whole, whether the connection stays open or not", arguments: ["close", "keep-alive"])
    func largePage(connection: String) async throws {
        let endpoint = Endpoint(.v4(IPv4Address(bits: 0x7F54_0001)), UInt16(20_000 + getpid() % 10_000))
        let server = Task { try await WebServer([(.internet, endpoint)]).run() }
        defer { server.cancel() }
        let answer = try await Command(
            "curl",
            ["--silent", "--show-error", "--retry", "200", "--retry-connrefused", "--retry-delay", "1"]
                + ["--max-time", "240", "--header", "Connection: \(connection)", "--output", "/dev/null"]
                // Slower than the server, so that most of the page waits there.
                + ["--limit-rate", "8M", "--write-out", "%{size_download}", "http://\(endpoint)/bytes/16000000"]
        ).run(limit: .seconds(250))
        #expect(answer == "16000000")
    }
}
