import BoxConfiguration
import BoxDaemon
import Foundation
import HostSystem

/// A network namespace with a box's devices and a rendered airlock, removed with everything in it.
struct Bench {
    let namespace: String
    let folder: String
    static let loader = URL(filePath: #filePath).deletingLastPathComponent()
        .appending(path: "../../System/torbox-airlock").standardizedFileURL.path

    static let configuration = """
        [uplinks]
        interfaces = ["wan0", "wan1"]

        [lan]
        interface = "lan0"
        ipv6 = "fd84:84:84::1/64"
        """

    /// Runs a body on a bench with `wan0` and `lan0`, both up; `wan1` is not plugged in.
    static func with(
        configuration: String = Self.configuration, _ body: (Bench) async throws -> Void
    ) async throws {
        let name = "torbox-test-\(UInt32.random(in: 0...UInt32.max))"
        let bench = Bench(
            namespace: name, folder: FileManager.default.temporaryDirectory.appending(path: name).path)
        do {
            try await bench.make(configuration)
            try await body(bench)
        } catch {
            try await bench.remove()
            throw error
        }
        try await bench.remove()
    }

    private func make(_ text: String) async throws {
        try await Command("ip", ["netns", "add", namespace]).run()
        for device in ["wan0", "lan0"] {
            try await run("ip", "link", "add", device, "type", "bridge")
            try await run("ip", "link", "set", device, "up")
        }
        let configuration = try Configuration.reading(text, file: "torbox.toml")
        try await Start.render(configuration, into: folder)
    }

    private func remove() async throws {
        try await Command("ip", ["netns", "delete", namespace]).run()
        try FileManager.default.removeItem(atPath: folder)
    }

    @discardableResult
    func run(_ program: String, _ arguments: String...) async throws -> String {
        try await Command(program, arguments).inside(namespace: namespace).run()
    }

    func load() async throws -> Command.Outcome {
        try await Command(Self.loader, [folder]).inside(namespace: namespace).outcome()
    }

    func isUp(_ device: String) async throws -> Bool {
        try await run("ip", "-o", "link", "show", device).contains(",UP")
    }

    func forwards() async throws -> Bool {
        try await run("cat", "/proc/sys/net/ipv4/ip_forward", "/proc/sys/net/ipv6/conf/all/forwarding") != "0\n0\n"
    }
}
