import NetAddress
import NetFrames
import Testing

@testable import BoxLab

@Suite("Probes")
struct ProbeTests {
    @Test("Each has a name of its own and knows itself again", arguments: Probe.allCases)
    func isKnown(probe: Probe) {
        let frames = probe.frames(in: .sample).map(\.bytes)
        #expect(!frames.isEmpty)
        #expect(frames.allSatisfy { $0.count <= 1514 })
        #expect(frames.contains { probe.isVisible(in: $0) })
        #expect(frames.allSatisfy { Probe.seen(in: $0).map { $0.id == probe.id } ?? true })
        #expect(Probe.allCases.count { $0.name == probe.name } == 1)
    }

    @Test("Frames of the box's own are nobody's probe", arguments: Sample.always + Sample.doors)
    func isNotMistaken(sample: Sample) {
        #expect(Probe.seen(in: sample.frame.bytes) == nil)
    }

    @Test("Both families and the link layer are probed, each by a router and a bridge where that makes sense")
    func coversFamilies() {
        let kinds = Set(Probe.allCases.map { "\($0.family) \($0.control)" })
        #expect(kinds == ["ipv4 router", "ipv4 bridge", "ipv6 router", "ipv6 bridge", "linkLayer bridge"])
        #expect(Set(Probe.allCases.map(\.expectedAnswer)) == Set(Probe.Answer.allCases))
    }

    @Test("A refusal is known as the answer to its probe and to no other")
    func knowsAnswers() throws {
        let probe = try #require(Probe.allCases.first { $0.name.hasPrefix("QUIC") && $0.family == .ipv4 })
        let other = try #require(Probe.allCases.first { $0.name.hasPrefix("NTP") && $0.family == .ipv4 })
        let context = ProbeContext.sample
        let quoted = probe.frames(in: context)[0].contentBytes.prefix(100)
        func error(code: UInt8) -> Frame {
            let message = ICMPMessage(type: 3, code: code, [0, 0, 0, 0] + quoted)
            return Frame(
                from: context.boxHardware, to: context.clientHardware,
                .ipv4(IPv4Packet(from: context.box4, to: context.client4, .icmp(message))))
        }
        #expect(probe.received(in: error(code: 13)) == .prohibited)
        #expect(probe.received(in: error(code: 3)) == .otherError(type: 3, code: 3))
        #expect(other.received(in: error(code: 13)) == nil)
    }

    @Test("A live connection's numbers follow from what the client sent")
    func followsFlow() throws {
        let context = ProbeContext.sample
        let segment = TCPSegment(from: 5, to: 80, .syn, sequence: .max, acknowledgment: 9)
        let flow = try #require(LiveFlow(sentByClient: context.frame4(.tcp(segment))))
        #expect(flow.sequence == 0 && flow.acknowledgment == 9)
        #expect(flow.server == Endpoint("203.0.113.80:80"))
    }
}
