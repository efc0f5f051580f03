import BoxConfiguration
import BoxRendering
import HostSystem
import Testing

@Suite("The admin port on the wire: the owner's computer, a device of the LAN and the box in namespaces of their own")
struct AdminPortWireTests {
    /// What curl says of an attempt.
    private enum Answer: Int32 {
        case page = 0
        case refused = 7
    }

    private static let configuration = Bench.configuration + "\n[pages]\nadmin-interface = \"usb0\"\n"

    @Test("The computer there gets the pages and ssh at the box's address on that port, and nothing else")
    func computer() async throws {
        try await withPort { bench, computer, _ in
            for port in ["80", "22"] {
                let page = try await ask(computer, "10.85.0.1:\(port)")
                #expect(page == .page, "\(port)")
            }
            for place in ["10.85.0.1:53", "10.84.0.1:80", "192.168.1.2:80"] {
                let answer = try await ask(computer, place)
                #expect(answer == .refused, "\(place)")
            }
        }
    }

    @Test("It gets an address of that network by DHCP, and is told of no router, resolver or clock")
    func lease() async throws {
        try await withPort { bench, computer, _ in
            let paths = ServicePaths(runtimeDirectory: bench.folder)
            let configuration = try Configuration.reading(Self.configuration, file: "torbox.toml")
            try Folder(paths.dnsmasqDirectory).make(mode: 0o700, owner: UserAccount(named: "dnsmasq"))
            try DurableFile(paths.dnsmasqUpstream).replace(with: ResolverUpstream.none.text)
            // Another program has the port for names here.
            let text = DnsmasqConfiguration(configuration, paths: paths).text + "port=0\n"
            try DurableFile(paths.dnsmasqConfiguration).replace(with: text)
            try await bench.run("dnsmasq", "--conf-file=\(paths.dnsmasqConfiguration)")
            let script = bench.folder + "/lease"
            try DurableFile(script).replace(with: "#!/bin/sh\n[ \"$1\" != bound ] || env\n", mode: 0o755)
            let words = ["-f", "-n", "-q", "-t", "3", "-T", "1", "-i", "eth0", "-s", script]
            let offer = try await Command("udhcpc", words).inside(namespace: computer).run().split(separator: "\n")
            #expect(offer.contains { $0.hasPrefix("ip=10.85.0.") })
            #expect(!offer.contains { line in ["router=", "dns=", "ntpsrv="].contains(where: line.hasPrefix) })
        }
    }

    @Test("A device of the LAN cannot reach that address, though the box would answer for it on any interface")
    func device() async throws {
        try await withPort { bench, _, device in
            let page = try await ask(device, "10.84.0.1:80")
            #expect(page == .page)
            for place in ["10.85.0.1:80", "10.85.0.1:22", "10.84.0.1:22"] {
                let answer = try await ask(device, place)
                #expect(answer == .refused, "\(place)")
            }
            // Without the ruleset and the routing rules it would.
            try await bench.run("nft", "flush", "ruleset")
            for place in ["100", "101", "102"] { try await bench.run("ip", "-4", "rule", "delete", "pref", place) }
            let bare = try await ask(device, "10.85.0.1:80")
            #expect(bare == .page)
        }
    }

    @Test("Nothing of the computer there is forwarded to the uplink, not even once the ruleset is taken away")
    func forwards() async throws {
        try await withPort { bench, computer, _ in
            func framesSent() async throws -> Int {
                try await bench.framesSent("ip daddr 192.168.1.1 tcp dport 80") {
                    _ = try await ask(computer, "192.168.1.1:80")
                }
            }
            let ruled = try await framesSent()
            #expect(ruled == 0)
            try await bench.run("nft", "flush", "ruleset")
            let routed = try await framesSent()
            #expect(routed == 0)
            try await bench.run("ip", "-4", "rule", "delete", "pref", "102")
            let open = try await framesSent()
            #expect(open > 0)
        }
    }

    private func withPort(_ body: (Bench, String, String) async throws -> Void) async throws {
        try await Bench.with(configuration: Self.configuration) { bench in
            let (computer, device) = ("\(bench.namespace)-a", "\(bench.namespace)-d")
            do {
                for host in [computer, device] { try await Command("ip", ["netns", "add", host]).run() }
                try await configure(bench, computer, device)
                #expect(try await bench.load().status == 0)
                try await body(bench, computer, device)
            } catch {
                try await remove(bench, [computer, device])
                throw error
            }
            try await remove(bench, [computer, device])
        }
    }

    private func configure(_ bench: Bench, _ computer: String, _ device: String) async throws {
        let box = """
            link add usb0 type veth peer name eth0 netns \(computer)
            link add lanport type veth peer name eth0 netns \(device)
            link add port0 type veth peer name far0
            link set lo up
            link set far0 up
            link set lanport master lan0 up
            link set port0 master wan0 up
            link set usb0 up
            address add 10.84.0.1/24 dev lan0
            address add 10.85.0.1/24 dev usb0
            address add 192.168.1.2/24 dev wan0
            neighbour add 192.168.1.1 lladdr 02:00:00:00:01:01 dev wan0
            """
        func host(_ network: String) -> String {
            """
            link set eth0 up
            address add \(network).11/24 dev eth0
            route add default via \(network).1
            """
        }
        for (name, lines) in [(bench.namespace, box), (computer, host("10.85.0")), (device, host("10.84.0"))] {
            try await Command("ip", ["-batch", "-"]).inside(namespace: name).run(input: lines + "\n")
        }
        for port in ["80", "53", "22"] {
            let line = "python3 -m http.server --bind :: --directory \"$2\" \"$1\" >/dev/null 2>&1 </dev/null &"
            try await bench.run("sh", "-c", line, "sh", port, bench.folder)
            try await bench.run(
                "sh", "-c",
                "for n in $(seq 100); do ss -Hltn \"sport = :$1\" | grep -q . && exit; sleep 0.1; done; exit 1",
                "sh", port)
        }
    }

    private func remove(_ bench: Bench, _ hosts: [String]) async throws {
        for process in try await Command("ip", ["netns", "pids", bench.namespace]).run().split(separator: "\n") {
            _ = try await Command("kill", ["-KILL", "\(process)"]).outcome()
        }
        for host in hosts { try await Command("ip", ["netns", "delete", host]).run() }
    }

    private func ask(_ host: String, _ place: String) async throws -> Answer? {
        let words = ["--silent", "--max-time", "2", "--output", "/dev/null", "http://\(place)/"]
        return Answer(rawValue: try await Command("curl", words).inside(namespace: host).outcome().status)
    }
}
