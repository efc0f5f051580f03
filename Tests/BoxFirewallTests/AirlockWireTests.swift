import HostSystem
import Testing

@Suite("What the airlock lets out, counted on the wire behind the uplink")
struct AirlockWireTests {
    /// A route on the uplink, an address behind it, and what the question for its hardware address looks like.
    struct Question: Sendable {
        let route: String
        let address: String
        let frame: String
    }

    static let aboutTheLAN = [
        Question(route: "10.84.0.128/25", address: "10.84.0.200", frame: "arp daddr ip 10.84.0.200"),
        Question(route: "fd84:84:84:0:1::/80", address: "fd84:84:84:0:1::200", frame: "ip6 daddr ff02::1:ff00:200"),
    ]
    static let aboutNeighbours = [
        Question(route: "198.51.100.0/24", address: "198.51.100.7", frame: "arp daddr ip 198.51.100.7"),
        Question(route: "2001:db8:5::/64", address: "2001:db8:5::7", frame: "ip6 daddr ff02::1:ff00:7"),
    ]

    @Test("A router that claims the LAN is not asked for its devices", arguments: aboutTheLAN)
    func asksNobody(question: Question) async throws {
        try await Bench.with { bench in
            try await bench.plugIn()
            let withoutRules = try await bench.framesSent(question.frame) { try await bench.connect(question) }
            #expect(withoutRules > 0)
            #expect(try await bench.load().status == 0)
            #expect(try await bench.framesSent(question.frame) { try await bench.connect(question) } == 0)
        }
    }

    @Test("A neighbour on the uplink is asked for", arguments: aboutNeighbours)
    func asksNeighbours(question: Question) async throws {
        try await Bench.with { bench in
            try await bench.plugIn()
            #expect(try await bench.load().status == 0)
            #expect(try await bench.framesSent(question.frame) { try await bench.connect(question) } > 0)
        }
    }

    @Test(
        "DHCP goes to all, never to one",
        arguments: [("255.255.255.255", 1), ("192.168.1.1", 0), ("203.0.113.80", 0)])
    func asksAllForAnAddress(server: String, frames: Int) async throws {
        try await Bench.with { bench in
            try await bench.plugIn()
            #expect(try await bench.framesSent("udp dport 67") { try await bench.sendDHCP(to: server) } == 1)
            #expect(try await bench.load().status == 0)
            #expect(try await bench.framesSent("udp dport 67") { try await bench.sendDHCP(to: server) } == frames)
        }
    }
}

extension Bench {
    /// Gives `wan0` a wire, addresses and a router.
    fileprivate func plugIn() async throws {
        for line in [
            "link add port0 type veth peer name far0", "link set far0 up", "link set port0 master wan0 up",
            "address add 192.168.1.2/24 dev wan0",
            "address add 2001:db8:1::2/64 dev wan0 nodad",
            "neighbour add 192.168.1.1 lladdr 02:00:00:00:00:01 dev wan0 nud permanent",
            "route add default via 192.168.1.1",
        ] {
            try await Command("ip", line.split(separator: " ").map(String.init)).inside(namespace: namespace).run()
        }
    }

    /// Has tor's user connect to an address behind a route on the uplink.
    fileprivate func connect(_ question: AirlockWireTests.Question) async throws {
        try await run("ip", "route", "replace", question.route, "dev", "wan0")
        let connect = "exec 3<>/dev/tcp/\(question.address)/80"
        let tor = ["--reuid", "debian-tor", "--clear-groups", "timeout", "0.5", "bash", "-c", connect]
        _ = try await Command("setpriv", tor).inside(namespace: namespace).outcome()
        try await run("ip", "route", "delete", question.route, "dev", "wan0")
        try await run("ip", "neighbour", "flush", "to", question.address, "dev", "wan0")
    }

    fileprivate func sendDHCP(to server: String) async throws {
        let send = """
            socket(S, PF_INET, SOCK_DGRAM, 17) && setsockopt(S, SOL_SOCKET, SO_BROADCAST, 1)
                && bind(S, sockaddr_in(68, INADDR_ANY)) or die $!;
            send(S, "lease", 0, sockaddr_in(67, inet_aton($ARGV[0])));
            """
        try await run("perl", "-MSocket", "-e", send, server)
    }

    /// Counts the frames of one kind that reach the wire behind `wan0`.
    func framesSent(
        _ kind: String, by port: String = "port0", during work: () async throws -> Void
    ) async throws -> Int {
        let table = "counting_\(port)"
        let counter = """
            table netdev \(table) {
                counter frames { }
                chain port {
                    type filter hook egress device "\(port)" priority 0;
                    \(kind) counter name frames
                }
            }
            """
        try await Command("nft", ["-f", "-"]).inside(namespace: namespace).run(input: counter)
        try await work()
        let counted = try await run("nft", "list", "counter", "netdev", table, "frames")
        try await run("nft", "delete", "table", "netdev", table)
        let words = counted.split(whereSeparator: \.isWhitespace)
        return try #require(words.firstIndex(of: "packets").flatMap { Int(words[$0 + 1]) })
    }
}
