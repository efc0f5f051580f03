import Glibc
import HostSystem
import Testing

@testable import BoxLab

extension Live.TorboxTests {
    private typealias Listed = [String: Any]

    private func circuits() async throws -> [Listed] {
        try #require(try await json("circuits") as? Listed)["circuits"] as? [Listed] ?? []
    }

    /// The circuits that carry something, with the last relay of each.
    private func circuitsInUse() async throws -> (exits: [String: String], streams: Int) {
        let used = try await circuits().filter { $0["streams"] as? Int ?? 0 > 0 }
        let exits = used.map { circuit in
            ("\(circuit["id"] ?? "")", "\((circuit["relays"] as? [Listed])?.last?["nickname"] ?? "")")
        }
        return (Dictionary(uniqueKeysWithValues: exits), used.reduce(0) { $0 + ($1["streams"] as? Int ?? 0) })
    }

    /// A connection of a client to the web server that stays open.
    private func hold(_ number: Int) async throws -> LabProcess {
        try await LabProcess.start(
            "held-\(number)", on: .client1, Command("socat", ["-u", "TCP4:\(Addresses.web):80", "STDOUT"]))
    }

    @Test("Its circuits go through the private network's relays, of countries that no table knows")
    func showsCircuits() async throws {
        _ = try await openBox()
        try await Scene.opensAPage()
        var listed: [Listed] = []
        try await wait(upTo: .seconds(60), for: "a circuit") {
            try await Task.sleep(for: .milliseconds(200))
            listed = try await circuits()
            return !listed.isEmpty
        }
        let names = Set(TorNode.relays.map(\.nickname))
        for relay in listed.flatMap({ $0["relays"] as? [Listed] ?? [] }) {
            #expect(names.contains("\(relay["nickname"] ?? "")") && relay["country"] == nil)
            #expect((relay["flags"] as? [String])?.contains("Running") == true && relay["isBridge"] as? Bool == false)
        }
        #expect(
            listed.allSatisfy { ($0["relays"] as? [Listed])?.count ?? 0 >= 3 && $0["ageSeconds"] as? Int ?? -1 >= 0 })
        let words = try await torbox("circuits").output
        #expect(words.contains("connections: ") && words.contains(" ?? ") && words.contains("guard up: "))
        #expect(!words.contains("\(Addresses.web)") && !words.contains("198.51.100."))
    }

    @Test("After a new identity a connection takes another circuit, before it that of the last; asked twice, it waits")
    func takesNewIdentity() async throws {
        _ = try await openBox()
        var held: [LabProcess] = []
        func holding(_ count: Int) async throws -> [String: String] {
            held.append(try await hold(count))
            try await wait(upTo: .seconds(60), for: "\(count) connections on circuits") {
                try await Task.sleep(for: .milliseconds(200))
                return try await circuitsInUse().streams >= count
            }
            return try await circuitsInUse().exits
        }
        // Only at first a better circuit may be ready by the next connection: tor joins two to one.
        var (last, before): ([String: String], [String: String]) = ([:], try await holding(1))
        repeat { (last, before) = (before, try await holding(held.count + 1)) } while last != before && held.count < 10
        #expect(last == before)
        func ask() async throws -> Int {
            try #require((try await json("new-identity") as? [String: Int])?["delaySeconds"])
        }
        let (delay, next) = (try await ask(), try await ask())
        #expect((0...10).contains(delay) && (1...11).contains(next))
        if delay > 0 { try await Task.sleep(for: .seconds(delay + 1)) }
        let after = try await holding(held.count + 1)
        #expect(!Set(after.keys).isSubset(of: before.keys) && Set(before.keys).isSubset(of: after.keys))
        for process in held { process.send(SIGTERM) }
    }

    @Test("It shows tor's way to 100 %, and neither an address nor a fingerprint")
    func showsLog() async throws {
        let box = try await openBox()
        try await box.start()
        try await box.waitForClients()
        let log = try await torbox("log").output
        #expect(log.contains(" UTC notice: Bootstrapped 100% (done): Done"))
        #expect(log.matches(of: /[0-9]+\.[0-9]+\.[0-9]+\.[0-9]+/).allSatisfy { $0.output.hasPrefix("0.") })
        #expect(log.matches(of: /[0-9A-Fa-f]{40}/).isEmpty)
        let lines = try #require(try await json("log") as? [Listed])
        #expect(lines.count <= 100 && lines.allSatisfy { $0["time"] as? Int ?? 0 > 1_600_000_000 })
    }
}
