import BoxConfiguration
import BoxModel
import BoxTime
import Foundation
import NetAddress
import Testing

@testable import BoxDaemon
@testable import TorDocuments

@Suite("Doors and guards follow from verified consensuses:")
struct ConsensusesTests {
    private static let hour: Int64 = 3600
    private static let start = UnixTime("2026-11-22 12:00:00")!

    @Test("without a consensus there are the directories' Tor ports, for the box's own tor alone")
    func beginsWithDirectories() throws {
        let lone = Consensuses(try Sample.configuration().tor).entrances(at: Self.start)
        #expect(lone == Entrances(doors: Sample.directories, hasValidConsensus: false))
        let shared = Consensuses(try Sample.configuration(authorities: []).tor).entrances(at: Self.start)
        #expect(shared.guards.isEmpty)
        let directories = PublicDirectories.authorities
        #expect(shared.doors.isSuperset(of: directories.flatMap(\.endpoints)))
        #expect(shared.doors.isDisjoint(with: directories.map(\.directoryEndpoint)))
        #expect(shared.doors.isSuperset(of: PublicDirectories.fallbacks.flatMap(\.endpoints)))
    }

    @Test("relays are asked for the time on the ports that the uplink lets through, and on no other")
    func reachablePorts() throws {
        let smallest = """
            uplinks.interfaces = ["wan0"]
            lan = { interface = "lan0", ipv6 = "fd84:84:84::1/64" }

            """
        let all = Consensuses(try Configuration.reading(smallest, file: "torbox.toml").tor).clockSources
        let configuration = try Configuration.reading(smallest + "tor.reachable-ports = [443]", file: "torbox.toml")
        let few = Consensuses(configuration.tor).clockSources
        #expect(few.count > 9 && few.count < all.count)
        #expect(few.flatMap(\.endpoints).allSatisfy { $0.port == 443 })
    }

    @Test("an outdated one opens nothing, and still says whom to ask for the time")
    func asksOldRelays() throws {
        var consensuses = Consensuses(try Sample.configuration().tor)
        #expect(consensuses.clockSources.map(\.origin) == Array(repeating: .authority, count: 3))
        #expect(throws: DocumentError.self) {
            try consensuses.take(
                Sample.file("consensus-microdesc"), certificates: Sample.file("certificates"), at: Sample.yearsLater)
        }
        #expect(
            consensuses.entrances(at: Sample.yearsLater)
                == Entrances(doors: Sample.directories, hasValidConsensus: false))
        #expect(consensuses.clockSources.count { $0.origin == .consensus } > 0)
        #expect(consensuses.newestStart == Sample.time.advanced(by: -60))
    }

    @Test("one that a majority has not signed names nobody to ask for the time")
    func asksNobody() throws {
        var consensuses = Consensuses(try Sample.configuration().tor)
        let forged = String(decoding: Sample.file("consensus-microdesc"), as: UTF8.self)
            .replacing("valid-until 20", with: "valid-until 21")
        #expect(throws: DocumentError.self) {
            try consensuses.take(Array(forged.utf8), certificates: Sample.file("certificates"), at: Sample.time)
        }
        #expect(consensuses.newestStart == nil)
    }

    @Test(
        "the real document of a private network is verified and taken in",
        arguments: ["consensus-microdesc", "consensus"])
    func takes(name: String) throws {
        let document = Sample.file(name)
        let now = try UncheckedConsensus(parsing: document).validity.validAfter.advanced(by: 60)
        var consensuses = Consensuses(try Sample.configuration().tor)
        try consensuses.take(document, certificates: Sample.file("certificates"), at: now)
        let entrances = consensuses.entrances(at: now)
        let guards = try UncheckedConsensus(parsing: document).entries.filter { $0.flags.contains(.guard) }
        #expect(!guards.isEmpty)
        #expect(entrances.doors == Sample.directories.union(guards.flatMap(\.endpoints)))
        #expect(entrances.guards == entrances.doors)
    }

    enum Damage: CaseIterable {
        case truncated, empty, binary, carriageReturns, changed, foreignCertificates, noCertificates, tooEarly, tooLate
    }

    @Test("a document that cannot be believed changes nothing", arguments: Damage.allCases)
    func refuses(damage: Damage) throws {
        let good = Sample.file("consensus-microdesc")
        let text = String(decoding: good, as: UTF8.self)
        var certificates = Sample.file("certificates")
        var document = good
        var now = try UncheckedConsensus(parsing: good).validity.validAfter.advanced(by: 60)
        var consensuses = Consensuses(try Sample.configuration().tor)
        try consensuses.take(good, certificates: certificates, at: now)
        let before = consensuses.entrances(at: now)
        let then = now
        switch damage {
        case .truncated: document = Array(good.dropLast(good.count / 3))
        case .empty: document = []
        case .binary: document = (0..<10_000).map { UInt8(truncatingIfNeeded: $0 &* 7) }
        case .carriageReturns: document = Array(text.replacingOccurrences(of: "\n", with: "\r\n").utf8)
        case .changed: document = Array(text.replacingOccurrences(of: "s Fast", with: "s Exit Fast").utf8)
        case .foreignCertificates: certificates = Array(text.utf8)
        case .noCertificates: certificates = []
        case .tooEarly: now = now.advanced(by: -Self.hour)
        case .tooLate: now = now.advanced(by: 400 * 24 * Self.hour)
        }
        #expect(throws: DocumentError.self) { try consensuses.take(document, certificates: certificates, at: now) }
        #expect(consensuses.entrances(at: then) == before)
    }

    @Test("only relays that are Guard, Running and Valid count, and never their directory ports")
    func filters() throws {
        let consensuses = try Sample.consensuses([
            (
                Self.start,
                [
                    ("192.0.2.1", "Guard Running V2Dir Valid"), ("192.0.2.2", "Guard Running"),
                    ("192.0.2.3", "Guard Valid"), ("192.0.2.4", "Exit Fast Running Valid"),
                ]
            )
        ])
        let entrances = consensuses.entrances(at: Self.start)
        #expect(entrances.guards == Sample.directories.union([Endpoint("192.0.2.1:9001")!]))
        #expect(entrances.doors == entrances.guards)
    }

    static let changes: [(flags: String?, isGuardFor: Int64)] = [
        (nil, 0), ("Running", 0), ("Guard Valid", 0), ("Running Valid", 24 * hour),
        ("Exit Fast Running Valid", 24 * hour),
        ("Guard Running Valid", 49 * hour),
    ]

    @Test(
        "what the newest lists without Guard is no door, and a guard for a day more; what it does not list is neither",
        arguments: changes)
    func remembers(flags: String?, isGuardFor: Int64) throws {
        let guardFlags = "Guard Running Valid"
        let next = Self.start.advanced(by: Self.hour)
        var consensuses = try Sample.consensuses([
            (Self.start, [("192.0.2.1", guardFlags), ("192.0.2.2", guardFlags)]),
            (next, [("192.0.2.2", guardFlags)] + (flags.map { [("192.0.2.1", $0)] } ?? [])),
        ])
        let changed = Endpoint("192.0.2.1:9001")!
        let stays = Endpoint("192.0.2.2:9001")!
        let day = 24 * Self.hour
        for after in [Self.hour, day, day + 1, 2 * day + Self.hour] {
            let now = Self.start.advanced(by: after)
            for _ in 1...2 {
                let entrances = consensuses.entrances(at: now)
                #expect(entrances.doors.contains(changed) == (flags == guardFlags))
                #expect(entrances.guards.contains(changed) == (after <= isGuardFor), "\(after) s")
                #expect(entrances.doors.contains(stays))
                #expect(entrances.guards.contains(stays))
                consensuses.forget(at: now)
            }
        }
    }

    @Test("who has left stays away until a newer consensus gives it the flag again")
    func comesBack() throws {
        let flags = "Guard Running Valid"
        let moments = (0...3).map { Self.start.advanced(by: $0 * Self.hour) }
        let with = [("192.0.2.1", flags), ("192.0.2.2", flags)]
        let gone = Endpoint("192.0.2.1:9001")!
        let left = [(moments[0], with), (moments[2], [("192.0.2.2", flags)])]
        for (more, isBack) in [
            ([], false), ([(moments[1], with)], false), ([(moments[2], with)], false),
            ([(moments[3], [("192.0.2.1", "Running Valid")])], false), ([(moments[3], with)], true),
        ] {
            let entrances = try Sample.consensuses(left + more).entrances(at: moments[3])
            #expect(entrances.guards.contains(gone) == isBack)
            #expect(entrances.doors.contains(gone) == isBack)
        }
    }

    @Test("an older document put in the place of the newest changes nothing")
    func ignoresRollback() throws {
        let flags = "Guard Running Valid"
        let next = Self.start.advanced(by: Self.hour)
        let consensuses = try Sample.consensuses([
            (next, [("192.0.2.2", flags)]), (Self.start, [("192.0.2.1", flags)]),
        ])
        let entrances = consensuses.entrances(at: next)
        #expect(entrances.doors == Sample.directories.union([Endpoint("192.0.2.2:9001")!]))
        #expect(entrances.guards == entrances.doors)
    }

    @Test(
        "after two days without a new one, or when the clock goes back, only the directories are left",
        arguments: [(-1801, false), (-1800, true), (0, true), (48 * 3600, true), (48 * 3600 + 1, false)])
    func ends(after: Int64, isUsable: Bool) throws {
        let consensuses = try Sample.consensuses([(Self.start, [("192.0.2.1", "Guard Running Valid")])])
        let entrances = consensuses.entrances(at: Self.start.advanced(by: after))
        #expect((entrances == Entrances(doors: Sample.directories, hasValidConsensus: false)) == !isUsable)
        #expect(entrances.guards.isEmpty == !isUsable)
    }
}
