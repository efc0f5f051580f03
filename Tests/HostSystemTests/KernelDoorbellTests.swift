import Glibc
import HostSystem
import Testing

@Suite("The kernel's doorbell", .enabled(if: getuid() == 0, "needs root"))
struct KernelDoorbellTests {
    @Test("Rings when the ruleset changes")
    func ruleset() async throws {
        let table = "torbox_doorbell_\(getpid())"
        try await expectRing(.ruleset, by: Command("nft", ["add", "table", "inet", table]))
        try await expectRing(.ruleset, by: Command("nft", ["delete", "table", "inet", table]))
    }

    @Test("Rings when an address comes and goes")
    func interfaces() async throws {
        let address = ["127.84.84.84/32", "dev", "lo"]
        try await expectRing(.interfaces, by: Command("ip", ["address", "add"] + address))
        try await expectRing(.interfaces, by: Command("ip", ["address", "delete"] + address))
    }

    @Test("Rings when a route comes and goes")
    func routes() async throws {
        let route = ["127.84.85.0/24", "dev", "lo", "table", "8484"]
        try await expectRing(.interfaces, by: Command("ip", ["route", "add"] + route))
        try await expectRing(.interfaces, by: Command("ip", ["route", "delete"] + route))
    }

    private func expectRing(_ subject: KernelDoorbell.Subject, by command: Command) async throws {
        let doorbell = try KernelDoorbell(subject)
        try await command.run()
        try await withTimeLimit(.seconds(10), naming: "the ring of \(subject)") {
            for await _ in doorbell.rings { return }
        }
    }
}
