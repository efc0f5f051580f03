import BoxLab
import HostSystem

/// The same ruleset in a namespace of its own, whose sets nft(8) fills from files.
struct PlainNft {
    private static let namespace = "tbx-nft"
    private static let folder = LabFolder.run.path

    static func start(airlock: LabFolder) async throws -> PlainNft {
        // A run that was killed leaves its own behind.
        try await clearUp()
        try await Command("ip", ["netns", "add", namespace]).run()
        try await Command("ip", ["link", "add", "wan0", "type", "bridge"]).inside(namespace: namespace).run()
        for name in ["airlock.nft", "uplink-wan0.nft"] {
            try await Command("nft", ["-f", "\(airlock.path)/\(name)"]).inside(namespace: namespace).run()
        }
        return PlainNft()
    }

    /// How long nft takes, its own start included, to replace the content of the sets of doors and guards.
    func measure(_ relays: [InventedRelay]) async throws -> Duration {
        var text = ""
        for set in ["netdev torbox doors", "netdev torbox guards", "inet torbox guards"] {
            for (family, endpoints) in [("4", relays.map(\.ipv4)), ("6", relays.map(\.ipv6))] {
                let elements = endpoints.map { "\($0.address) . \($0.port)" }.joined(separator: ", ")
                text += "flush set \(set)\(family)\nadd element \(set)\(family) { \(elements) }\n"
            }
        }
        let file = DurableFile("\(Self.folder)/exchange.nft")
        try file.replace(with: text)
        let command = Command("nft", ["-f", file.path]).inside(namespace: Self.namespace)
        let begin = ContinuousClock.now
        try await command.run()
        return ContinuousClock.now - begin
    }

    static func clearUp() async throws {
        let existing = try await Command("ip", ["netns", "list"]).run().split { " \n".contains($0) }
        if existing.contains(Substring(namespace)) { try await Command("ip", ["netns", "delete", namespace]).run() }
    }
}
