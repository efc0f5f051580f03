import Glibc
import HostSystem
import NetAddress
import NetFrames
import Testing

@testable import BoxLab

/// A client, a middle without any rules, and the network behind its uplink: three namespaces of this process's own.
struct ProbeControlBench: Sendable {
    let control: Probe.Control
    private let names: [String]

    var client: NetworkNamespace { NetworkNamespace(names[0]) }
    private var middle: String { names[1] }
    var outside: NetworkNamespace { NetworkNamespace(names[2]) }

    var context: ProbeContext {
        switch control {
        case .router: .sample
        case .bridge: ProbeContext.sample.bridged
        }
    }

    /// Builds the namespaces, runs the work, and takes them away again whatever happens.
    static func with<Value: Sendable>(
        _ control: Probe.Control, _ work: @Sendable (ProbeControlBench) async throws -> Value
    ) async throws -> Value {
        let prefix = "wire-\(getpid())-\(control)-\(UInt16.random(in: .min ... .max))"
        let bench = ProbeControlBench(
            control: control, names: ["client", "middle", "outside"].map { "\(prefix)-\($0)" })
        let result: Result<Value, any Error>
        do {
            try await bench.up()
            result = .success(try await work(bench))
        } catch {
            result = .failure(error)
        }
        for name in bench.names {
            _ = try await Command("ip", ["netns", "del", name]).outcome()
        }
        return try result.get()
    }

    private func up() async throws {
        for name in names {
            try await Command("ip", ["netns", "add", name]).run()
            // Before any address: else the kernel waits to see whether it is taken.
            try await set(
                [
                    "net.ipv6.conf.default.accept_dad=0", "net.ipv4.conf.all.rp_filter=0",
                    "net.ipv4.conf.default.rp_filter=0",
                ], in: name)
        }
        try await link("lan0", "02:00:00:00:84:01", to: "eth0", "02:00:00:00:84:11", in: client.name)
        try await link("wan0", "02:00:00:00:01:02", to: "up0", "02:00:00:00:01:01", in: outside.name)
        try await ip("addr add 10.84.0.11/24 dev eth0\naddr add fd00:84::11/64 dev eth0\n", in: client.name)
        try await ip(
            """
            addr add 192.168.1.1/24 dev up0
            addr add 2001:db8:1::1/64 dev up0
            addr add 203.0.113.80/32 dev lo
            addr add 2001:db8:80::80/128 dev lo
            link set lo up

            """, in: outside.name)
        switch control {
        case .router: try await route()
        case .bridge: try await bridge()
        }
    }

    private func route() async throws {
        try await ip(
            """
            addr add 10.84.0.1/24 dev lan0
            addr add fd00:84::1/64 dev lan0
            addr add 192.168.1.2/24 dev wan0
            addr add 2001:db8:1::2/64 dev wan0
            neigh add 192.168.1.1 lladdr 02:00:00:00:01:01 dev wan0 nud permanent
            neigh add 2001:db8:1::1 lladdr 02:00:00:00:01:01 dev wan0 nud permanent
            route add default via 192.168.1.1
            route add default via 2001:db8:1::1

            """, in: middle)
        try await set(["net.ipv4.ip_forward=1", "net.ipv6.conf.all.forwarding=1"], in: middle)
        let masquerade = """
            table inet naked {
              chain leave { type nat hook postrouting priority 100; oifname "wan0" masquerade; }
            }
            """
        try await Command("nft", ["-f", "-"]).inside(namespace: middle).run(input: masquerade)
        let refuse = """
            table inet outside {
              chain arrive { type filter hook input priority 0; udp dport 443 reject with icmpx admin-prohibited; }
            }
            """
        try await Command("nft", ["-f", "-"]).inside(namespace: outside.name).run(input: refuse)
    }

    private func bridge() async throws {
        try await set(
            ["iptables", "ip6tables", "arptables"].map { "net.bridge.bridge-nf-call-\($0)=0" }, in: middle)
        try await ip(
            """
            link add br0 type bridge mcast_snooping 0 group_fwd_mask 0x4008
            link set lan0 master br0
            link set wan0 master br0
            link set br0 up

            """, in: middle)
    }

    private func link(
        _ name: String, _ address: String, to peer: String, _ peerAddress: String, in namespace: String
    ) async throws {
        let pair = ["link", "add", name, "address", address, "netns", middle, "type", "veth"]
        try await Command("ip", pair + ["peer", peer, "address", peerAddress, "netns", namespace]).run()
        try await ip("link set \(name) up\n", in: middle)
        try await ip("link set \(peer) up\n", in: namespace)
    }

    private func ip(_ batch: String, in namespace: String) async throws {
        try await Command("ip", ["-netns", namespace, "-batch", "-"]).run(input: batch)
    }

    private func set(_ values: [String], in namespace: String) async throws {
        try await Command("sysctl", ["-qw"] + values).inside(namespace: namespace).run()
    }

    /// Captures what arrives outside while the work runs, and until a last frame of ours has arrived too.
    func capture(to path: String, _ work: @Sendable (PacketSocket) throws -> Void) async throws {
        // In immediate mode each slot of the buffer has the size of the length limit: the default one holds 8 frames.
        let buffer = ["-s", "2000", "-B", "16384", "--immediate-mode", "-U"]
        let tcpdump = Command("tcpdump", ["-i", "up0", "-Q", "in", "-w", path, "-Z", "root"] + buffer)
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { [outside] in
                _ = try await tcpdump.inside(namespace: outside.name).outcome(limit: .seconds(60))
            }
            // The header is written once tcpdump listens.
            try await wait { Self.size(of: path) >= 24 }
            let socket = try PacketSocket(interface: "eth0", in: client)
            try work(socket)
            let before = Self.size(of: path)
            try socket.send(lastFrame)
            try await wait { Self.size(of: path) > before && Self.holdsLast(path) }
            group.cancelAll()
            do {
                try await group.waitForAll()
            } catch is CancellationError {
                // tcpdump runs until it is told to end.
            }
        }
    }

    private static let last = Array("the last frame".utf8)

    private var lastFrame: Frame {
        switch control {
        case .router: context.frame4(.udp(UDPDatagram(from: 9, to: 9, Self.last)))
        case .bridge: Frame(from: context.clientHardware, to: .broadcast, .other(type: 0x88B5, Self.last))
        }
    }

    private static func holdsLast(_ path: String) -> Bool {
        // A record that is being written reads as one that is cut.
        guard let reader = try? PcapReader(path: path) else { return false }
        while let frame = try? reader.next() {
            if frame.bytes.firstRange(of: last) != nil { return true }
        }
        return false
    }

    private static func size(of path: String) -> Int {
        var status = stat()
        return stat(path, &status) == 0 ? Int(status.st_size) : 0
    }

    private func wait(until isTrue: @Sendable () -> Bool) async throws {
        for _ in 0..<1000 {
            if isTrue() { return }
            try await Task.sleep(for: .milliseconds(10))
        }
        throw HostError(.timeLimit, "the capture outside did not see what it should within 10 s")
    }
}
