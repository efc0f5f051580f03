import Glibc
import HostSystem
import NetAddress
import Testing

@testable import TorLink

/// What a relay with a true chain does wrong, and how that is called.
struct Mischief: Sendable, CustomTestStringConvertible {
    let testDescription: String
    /// From the relay's four cells to what it says before it falls silent.
    let words: @Sendable ([[UInt8]]) -> [[UInt8]]
    let kind: LinkError.Kind
    let step: LinkStep

    static let all: [Mischief] = [
        Mischief("says nothing", .stalled, .versions) { _ in [] },
        Mischief("stops after half of VERSIONS", .stalled, .versions) { [Array($0[0].prefix(4))] },
        Mischief("stops after VERSIONS", .stalled, .certificates) { Array($0.prefix(1)) },
        Mischief("stops within CERTS", .stalled, .certificates) { [$0[0], Array($0[1].dropLast(9))] },
        Mischief("stops after CERTS", .stalled, .challenge) { Array($0.prefix(2)) },
        Mischief("never sends NETINFO", .stalled, .netinfo) { Array($0.prefix(3)) },
        Mischief("stops within NETINFO", .stalled, .netinfo) { $0.prefix(3) + [Array($0[3].dropLast())] },
        Mischief("sends NETINFO twice", .disordered, .done) { $0 + [$0[3]] },
        Mischief("sends NETINFO first", .disordered, .versions) { [$0[3]] + $0 },
        Mischief("sends no CERTS", .disordered, .certificates) { [$0[0], $0[2], $0[3]] },
        Mischief("sends CERTS twice", .disordered, .challenge) { [$0[0], $0[1], $0[1], $0[2], $0[3]] },
        Mischief("sends text", .garbage, .versions) { _ in [Array("HTTP/1.1 200 OK\r\n\r\n".utf8)] },
        Mischief("pads without end", .oversized, .certificates) {
            [$0[0]] + Array(repeating: [UInt8](repeating: 0, count: 514), count: 200)
        },
        Mischief("says no time", .noTime, .netinfo) { $0.prefix(3) + [netinfo($0, time: 0)] },
        Mischief("lies by ten years", .untimely, .certificates) {
            $0.prefix(3) + [netinfo($0, time: ForgedRelay.time - 315_000_000)]
        },
    ]

    init(
        _ name: String, _ kind: LinkError.Kind, _ step: LinkStep, words: @escaping @Sendable ([[UInt8]]) -> [[UInt8]]
    ) {
        testDescription = name
        self.kind = kind
        self.step = step
        self.words = words
    }

    private static func netinfo(_ cells: [[UInt8]], time: UInt32) -> [UInt8] {
        cells[3].prefix(5) + time.bytes + cells[3].dropFirst(9)
    }
}

@Suite("Hostile relays, with real programs on loopback")
struct HostileRelayTests {
    /// Long enough for a slow machine, short enough to wait for.
    private let limits = LinkLimits(connection: .seconds(3), step: .seconds(3), total: .seconds(20))

    @Test("A relay with a true chain that stalls, pads, repeats or lies is refused, and it is said at which step")
    func refusesMischief() async throws {
        try await Loopback.with { loopback in
            let relay = ForgedRelay(tlsCertificate: try await loopback.makeTLSCertificate("relay"))
            let (pin, cells) = (relay.pin, relay.cells())
            let honest = Loopback.freeEndpoint()
            let hostile = Mischief.all.map { ($0, Loopback.freeEndpoint()) }
            var programs = [try speaking(cells, at: honest, in: loopback)]
            for (mischief, endpoint) in hostile {
                programs.append(try speaking(mischief.words(cells), at: endpoint, in: loopback))
            }
            try await loopback.running(programs, at: [honest] + hostile.map(\.1)) { [limits] in
                // The control: with all its cells the same relay is believed.
                #expect(try await RelayClock(honest, pin).reading(within: limits).time == ForgedRelay.time)
                try await withThrowingTaskGroup(of: Void.self) { group in
                    for (mischief, endpoint) in hostile {
                        group.addTask {
                            let error = try await RelayClock(endpoint, pin).refusal(within: limits)
                            #expect(
                                error?.kind == mischief.kind,
                                "\(mischief.testDescription): \(String(describing: error))")
                            #expect(error?.step == mischief.step, "\(mischief.testDescription)")
                        }
                    }
                    try await group.waitForAll()
                }
            }
        }
    }

    @Test(
        "Who speaks no TLS, or nothing, or leaves, is no relay",
        arguments: [
            ("cat FILE -", LinkError.Kind.garbage), ("cat", .garbage), ("sh -c 'cat >/dev/null'", .stalled),
            ("true", .closed),
        ])
    func refusesOthers(program: String, kind: LinkError.Kind) async throws {
        try await Loopback.with { loopback in
            let file = try loopback.write(Array("SSH-2.0-OpenSSH_9.2p1\r\n".utf8), to: "words")
            let endpoint = Loopback.freeEndpoint()
            let words = program.replacing("FILE", with: file)
            let server = Command("socat", ["TCP4-LISTEN:\(endpoint.port),bind=127.0.0.1,fork", "SYSTEM:\(words)"])
            try await loopback.running([server], at: [endpoint]) { [limits] in
                let error = try await RelayClock(endpoint, Sample.pin).refusal(within: limits)
                #expect(error?.kind == kind, "\(String(describing: error))")
                #expect(error?.step == .tls)
            }
        }
    }

    @Test("Where nobody listens no relay is reached, and where nobody accepts it is not waited for in vain")
    func refusesNobody() async throws {
        let refused = try await RelayClock(Loopback.freeEndpoint(), Sample.pin).refusal(within: limits)
        #expect(refused?.kind == .unreachable)
        // One connection fills the queue of a backlog of none; the kernel then ignores further ones.
        let (listener, endpoint) = Loopback.listener(backlog: 0)
        defer { close(listener) }
        let first = try RelaySocket(to: endpoint)
        try first.awaitConnection(until: BootTime.after(.seconds(3)))
        let stalled = try await RelayClock(endpoint, Sample.pin).refusal(within: limits)
        #expect(stalled?.kind == .stalled)
        #expect(stalled?.step == .connection)
        withExtendedLifetime(first) {}
    }

    /// A TLS server that says these cells to everybody and then waits.
    private func speaking(_ cells: [[UInt8]], at endpoint: Endpoint, in loopback: Loopback) throws -> Command {
        let file = try loopback.write(cells.flatMap { $0 }, to: "cells-\(endpoint.port)")
        return Command(
            "socat",
            [
                "OPENSSL-LISTEN:\(endpoint.port),bind=127.0.0.1,fork,verify=0,cert=\(loopback.folder)/relay.pem",
                "SYSTEM:cat \(file); cat >/dev/null",
            ])
    }
}
