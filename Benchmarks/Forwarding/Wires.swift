import BoxLab
import Foundation
import HostSystem

/// A client, a router and a server in network namespaces of their own, joined by two wires.
struct Wires: Sendable {
    /// What the router is; client, server, addresses and wires are the same.
    enum Router: String, Sendable {
        /// The box's rules are loaded; the server is a guard, and the client's own Tor may pass.
        case box
        /// It routes, and no table of nftables exists.
        case plain
    }

    let router: Router
    let family: Family

    private var client: String { "forwarding-\(router)-client" }
    private var middle: String { "forwarding-\(router)-router" }
    private var server: String { "forwarding-\(router)-server" }
    private var folder: URL { FileManager.default.temporaryDirectory.appending(path: "forwarding-\(router)") }

    /// Makes the wires, and removes them whatever happens.
    static func with<Value>(
        _ router: Router, _ family: Family, _ body: (Wires) async throws -> Value
    ) async throws -> Value {
        let wires = Wires(router: router, family: family)
        // A run that was killed leaves its own behind.
        try await wires.remove()
        do {
            try await wires.make()
            let value = try await body(wires)
            try await wires.remove()
            return value
        } catch {
            // A task of its own: what is cancelled cannot run the commands that clear up.
            try await Task { try await wires.remove() }.value
            throw error
        }
    }

    /// Sends for so many seconds from the client to the server and tells what arrived, in bits a second.
    func rate(seconds: Int) async throws -> Double {
        let report = try await Command(
            "iperf3", ["--client", family.server, "--time", "\(seconds)", "--json"]
        ).inside(namespace: client).run()
        let decoder = JSONDecoder()
        decoder.keyDecodingStrategy = .convertFromSnakeCase
        return try decoder.decode(IperfReport.self, from: Data(report.utf8)).end.sumReceived.bitsPerSecond
    }

    /// - Throws: ``HostError`` where what was sent did not go the way that is measured.
    func requireItsWay() async throws {
        switch router {
        case .box:
            let opened = try await Command("nft", ["list", "set", "inet", "torbox", family.openedSet])
                .inside(namespace: middle).run()
            guard opened.contains(family.server) else {
                throw HostError(.command, "the box: \(family.openedSet) does not name \(family.server); nothing passed")
            }
        case .plain:
            let rules = try await Command("nft", ["list", "ruleset"]).inside(namespace: middle).run()
            guard rules.isEmpty else { throw HostError(.command, "the plain router: has rules of nftables") }
        }
    }

    /// Makes every packet as small as on the wire, where the kernel would hand on up to 64 KiB at once.
    func sendSinglePackets() async throws {
        for host in [client, server] {
            try await configure(host, "link set eth0 gso_max_segs 1 gso_max_size 1514")
        }
    }

    private func make() async throws {
        for host in [client, middle, server] { try await Command("ip", ["netns", "add", host]).run() }
        try await configure(
            middle,
            """
            link set lo up
            link add lan0 type veth peer name eth0 netns \(client)
            link add wan0 type veth peer name eth0 netns \(server)
            address add 10.84.0.1/24 dev lan0
            address add fd84:84:84::1/64 dev lan0 nodad
            address add 192.168.1.2/24 dev wan0
            address add 2001:db8:1::2/64 dev wan0 nodad
            """)
        switch router {
        case .box: try await loadRules()
        case .plain:
            let forwarding = ["net.ipv4.ip_forward=1", "net.ipv6.conf.all.forwarding=1"]
            try await Command("sysctl", ["-q", "-w"] + forwarding).inside(namespace: middle).run()
        }
        try await configure(middle, "link set lan0 up\nlink set wan0 up")
        try await configure(
            client,
            """
            link set lo up
            link set eth0 up
            address add 10.84.0.11/24 dev eth0
            address add fd84:84:84::11/64 dev eth0 nodad
            route add default via 10.84.0.1
            route add default via fd84:84:84::1
            """)
        // It knows the way back to the LAN, which only the plain router needs.
        try await configure(
            server,
            """
            link set lo up
            link set eth0 up
            address add 192.168.1.1/24 dev eth0
            address add 2001:db8:1::1/64 dev eth0 nodad
            address add \(Family.v4.server)/32 dev lo
            address add \(Family.v6.server)/128 dev lo nodad
            route add 10.84.0.0/24 via 192.168.1.2
            route add fd84:84:84::/64 via 2001:db8:1::2
            """)
        try await configure(
            middle, "route add \(Family.v4.server) via 192.168.1.1\nroute add \(Family.v6.server) via 2001:db8:1::1")
        try await Command("iperf3", ["--server", "--daemon"]).inside(namespace: server).run()
    }

    private func loadRules() async throws {
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let configuration = folder.appending(path: "torbox.toml")
        try Data(
            """
            [uplinks]
            interfaces = ["wan0"]

            [lan]
            interface = "lan0"
            ipv6 = "fd84:84:84::1/64"
            """.utf8
        ).write(to: configuration)
        let checkout = try Checkout()
        let rules = folder.appending(path: "airlock").path
        try await Command("\(checkout.programs)/torboxd", ["--config", configuration.path, "--render", rules]).run()
        try await Command("\(checkout.root)/System/torbox-airlock", [rules]).inside(namespace: middle).run()
        try await Command("nft", ["-f", "-"]).inside(namespace: middle).run(input: Family.openings)
    }

    private func remove() async throws {
        let existing = try await Command("ip", ["netns", "list"]).run().split { " \n".contains($0) }.map(String.init)
        for host in [client, middle, server] where existing.contains(host) {
            for process in try await Command("ip", ["netns", "pids", host]).run().split(separator: "\n") {
                _ = try await Command("kill", ["\(process)"]).outcome()
            }
            try await Command("ip", ["netns", "delete", host]).run()
        }
        if FileManager.default.fileExists(atPath: folder.path) { try FileManager.default.removeItem(at: folder) }
    }

    private func configure(_ host: String, _ lines: String) async throws {
        try await Command("ip", ["-batch", "-"]).inside(namespace: host).run(input: lines + "\n")
    }
}

/// The part of iperf3's report that counts.
private struct IperfReport: Decodable {
    struct End: Decodable {
        struct Sum: Decodable { let bitsPerSecond: Double }
        let sumReceived: Sum
    }
    let end: End
}
