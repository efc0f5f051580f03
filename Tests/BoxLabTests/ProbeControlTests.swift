import Glibc
import NetFrames
import Testing

@testable import BoxLab

@Suite("Without the box's rules every probe is seen on the uplink", .enabled(if: getuid() == 0, "needs root"))
struct ProbeControlTests {
    @Test("Through a router or a bridge that has no rules", arguments: Probe.Control.allCases)
    func seesProbes(control: Probe.Control) async throws {
        let path = "/tmp/torbox-control-\(getpid())-\(control).pcap"
        defer { unlink(path) }
        let probes = Probe.allCases.filter { $0.control == control }
        try await ProbeControlBench.with(control) { bench in
            try await bench.capture(to: path) { socket in
                for frame in probes.flatMap({ $0.frames(in: bench.context) }) {
                    try socket.send(frame)
                }
            }
        }
        let sightings = try Probe.sightings(path: path)
        for probe in probes {
            #expect(sightings[probe.id] != nil, "\(probe) is not seen")
        }
    }

    @Test("A refusal from far away comes back to the probe that asked for it")
    func hearsAnswers() async throws {
        let wanted: [(String, Probe.Received)] = [
            ("a connection to a web server (TCP/80) over IPv4", .reset),
            ("a connection to a web server (TCP/80) over IPv6", .reset),
            ("QUIC to a web server (UDP/443) over IPv4", .prohibited),
            ("QUIC to a web server (UDP/443) over IPv6", .prohibited),
            ("UDP to an arbitrary port (UDP/33333) over IPv4", .otherError(type: 3, code: 3)),
            ("UDP to an arbitrary port (UDP/33333) over IPv6", .otherError(type: 1, code: 4)),
        ]
        try await ProbeControlBench.with(.router) { bench in
            for (name, answer) in wanted {
                let probe = try #require(Probe.allCases.first { $0.name == name })
                let socket = try PacketSocket(interface: "eth0", in: bench.client)
                for frame in probe.frames(in: bench.context) { try socket.send(frame) }
                #expect(try await probe.answer(on: socket, within: .seconds(5)) == answer, "\(name)")
            }
        }
    }

    @Test("A flood goes on until it is told to stop, and counts what it sent")
    func floods() async throws {
        try await ProbeControlBench.with(.bridge) { bench in
            let listener = try PacketSocket(interface: "up0", in: bench.outside)
            let socket = try PacketSocket(interface: "eth0", in: bench.client)
            let flood = Flood(on: socket, in: bench.context, framesPerSecond: 1000)
            let running = Task { await flood.run(atMost: .seconds(30)) }
            let last = try #require(Probe.allCases.last)
            let seen = try await listener.firstFrame(within: .seconds(10)) { last.isVisible(in: $0.bytes) }
            running.cancel()
            let tally = await running.value
            #expect(seen != nil)
            #expect(tally.sent >= Probe.allCases.count)
            #expect(tally.unsent == 0)
        }
    }

    @Test("A namespace or an interface that is not there is said by name")
    func namesWhatIsMissing() throws {
        #expect(throws: FrameError(.socket, "network namespace wire-none: No such file or directory")) {
            try PacketSocket(interface: "eth0", in: NetworkNamespace("wire-none"))
        }
        #expect(throws: FrameError(.socket, "interface wire9: No such device")) {
            try PacketSocket(interface: "wire9")
        }
    }
}
