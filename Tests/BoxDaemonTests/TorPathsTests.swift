import BoxAPI
import Testing
import TorDocuments

@testable import BoxDaemon
@testable import TorControl

@Suite("What is told of tor's circuits")
struct TorPathsTests {
    private static func identity(_ number: Int) -> String { String(repeating: "0\(number)", count: 20) }

    private static func circuit(_ id: Int, _ rest: String, hops: Int = 3, status: String = "BUILT") -> String {
        let path = (1...3).map { "$\(identity($0))~nick\($0)" }.prefix(hops).joined(separator: ",")
        return "\(id) \(status) \(path) \(rest) TIME_CREATED=2026-11-22T12:00:\(10 + id % 50).000001"
    }

    private static func paths(_ circuits: [String], streams: [String] = [], hasBridges: Bool = false) -> TorPaths {
        TorPaths(
            circuits: circuits.compactMap { CircuitEvent(Words($0)) },
            streams: streams.compactMap { StreamEvent(Words($0)) },
            guards: ["up", "never-connected", "down 2026-11-22 12:00:00", "unusable"].enumerated().compactMap {
                EntryGuard(Words("$\(identity($0 + 1))~nick \($1)"))
            }, hasBridges: hasBridges)
    }

    private static let now = UnixTime("2026-11-22 12:01:00")!

    @Test(
        "Circuits that serve nobody are not told of",
        arguments: [
            circuit(1, "BUILD_FLAGS=IS_INTERNAL,NEED_UPTIME PURPOSE=GENERAL"), circuit(1, "PURPOSE=TESTING"),
            circuit(1, "BUILD_FLAGS=ONEHOP_TUNNEL PURPOSE=GENERAL", hops: 1), circuit(1, "PURPOSE=CONFLUX_UNLINKED"),
            circuit(1, "PURPOSE=GENERAL", status: "EXTENDED"), circuit(1, "PURPOSE=HS_CLIENT_INTRO"),
            circuit(1, "PURPOSE=HS_VANGUARDS"),
        ])
    func idle(line: String) {
        #expect(CircuitEvent(Words(line)) != nil)
        #expect(Self.paths([line]).report([:], now: Self.now).circuits.isEmpty)
    }

    @Test(
        "The others are, with their age and where they lead",
        arguments: [
            ("BUILD_FLAGS=NEED_CAPACITY PURPOSE=GENERAL", CircuitsReport.Circuit.Purpose.internet),
            ("PURPOSE=CONFLUX_LINKED", .internet),
            ("BUILD_FLAGS=IS_INTERNAL PURPOSE=HS_CLIENT_REND HS_STATE=HSCR_JOINED REND_QUERY=secretonion", .onion),
        ])
    func serving(rest: String, purpose: CircuitsReport.Circuit.Purpose) throws {
        let report = Self.paths([Self.circuit(5, rest)]).report([:], now: Self.now)
        let circuit = try #require(report.circuits.first)
        #expect(circuit.purpose == purpose && circuit.ageSeconds == 45 && circuit.id == "5")
        #expect(circuit.relays.map(\.fingerprint) == (1...3).map { Self.identity($0) })
        #expect(!"\(report)".contains("secretonion"))
    }

    @Test("Those in use come first, then the newest; of many the rest is counted, and no stream's target is told")
    func order() {
        let circuits = (1...30).map { Self.circuit($0, "PURPOSE=GENERAL") }
        let streams = ["1 SUCCEEDED 3 secret.example:443", "2 SUCCEEDED 3 192.0.2.9:80", "3 NEW 0 other.example:1"]
        let report = Self.paths(circuits, streams: streams).report([:], now: Self.now)
        #expect(report.circuits.map(\.id) == ["3"] + (20...30).reversed().map(String.init))
        #expect(report.circuits[0].streams == 2 && report.furtherCircuits == 18 && report.streams == 3)
        #expect(!"\(report)".contains("example") && !"\(report)".contains("192.0.2.9"))
    }

    @Test("A clock that was set back makes no circuit of a negative age, and no time at all none of any")
    func age() {
        let early = UnixTime("2026-11-22 11:00:00")!
        #expect(Self.paths([Self.circuit(1, "PURPOSE=GENERAL")]).report([:], now: early).circuits[0].ageSeconds == 0)
        let timeless = Self.circuit(1, "PURPOSE=GENERAL").replacing(/TIME_CREATED=.*/, with: "")
        #expect(Self.paths([timeless]).report([:], now: early).circuits[0].ageSeconds == nil)
    }

    @Test("Guards that tor only keeps in mind are not told of")
    func guards() {
        let guards = Self.paths([]).report([:], now: Self.now).guards
        #expect(guards.map(\.state) == [.up, .down, .unusable])
        #expect(guards.map(\.relay.fingerprint) == [1, 3, 4].map { Self.identity($0) })
    }

    @Test("Behind bridges nothing is told of the first relay but that it is one, and nobody is asked about it")
    func bridges() throws {
        let paths = Self.paths([Self.circuit(1, "PURPOSE=GENERAL")], hasBridges: true)
        let bridge = try #require(RelayIdentity(hex: Self.identity(1)))
        #expect(!paths.relays.contains(bridge) && paths.relays.count == 2)
        let known = CircuitsReport.Relay(
            isBridge: false, fingerprint: Self.identity(1), nickname: "nick1", country: "DE", flags: ["Guard"])
        let report = paths.report([bridge: known], now: Self.now)
        #expect(report.circuits[0].relays.map(\.isBridge) == [true, false, false])
        #expect(report.circuits[0].relays[0] == .bridge && report.guards.allSatisfy { $0.relay == .bridge })
        let all = "\(report)"
        #expect(!all.contains(Self.identity(1)) && !all.contains("nick1") && !all.contains("DE"))
    }

    @Test("What is known of a relay is told")
    func known() throws {
        let paths = Self.paths([Self.circuit(1, "PURPOSE=GENERAL")])
        let identity = try #require(RelayIdentity(hex: Self.identity(2)))
        #expect(paths.relays.contains(identity))
        let known = CircuitsReport.Relay(
            isBridge: false, fingerprint: Self.identity(2), nickname: "nick2", country: "FR", flags: ["Exit"])
        #expect(paths.report([identity: known], now: Self.now).circuits[0].relays[1] == known)
    }
}
