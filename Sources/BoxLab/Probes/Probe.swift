import NetAddress
import NetFrames

/// Something that a client may emit and that must never leave by the uplink.
///
/// A probe that was not seen proves nothing by itself: its control must show it on the uplink, with the same frames
/// and the same way of recognising it, once the box's rules are away.
public struct Probe: Sendable, Identifiable {
    public enum Family: Sendable, Hashable, CaseIterable {
        case ipv4
        case ipv6
        case linkLayer
    }

    /// What carries the probe to the uplink when nothing stops it.
    public enum Control: Sendable, Hashable, CaseIterable {
        /// A router that only forwards and masquerades, in both families, without reverse-path filter.
        case router
        /// A bridge of LAN and uplink, as no router passes such frames.
        ///
        /// It needs `mcast_snooping 0 group_fwd_mask 0x4008` and `net.bridge.bridge-nf-call-*=0`. Send with
        /// ``ProbeContext/bridged``, else the bridge keeps what is addressed to itself.
        case bridge
    }

    /// What the client gets back from a box that works.
    public enum Answer: Sendable, Hashable, CaseIterable {
        /// A TCP reset, at once and in every state.
        case reset
        /// A TCP reset at once while the box is not open; then the box takes the connection.
        case resetUntilOpen
        /// ICMP type 3 code 13 or ICMPv6 type 1 code 1, at once and in every state.
        case prohibited
        /// Nothing: forged, broken, or sent to many.
        case silence
        /// Not promised: the box may serve it by itself, refuse it or drop it.
        case unpromised
    }

    /// Its place in ``allCases``, from 0.
    public let id: Int
    /// Readable by a person, such as `QUIC to a web server (UDP/443) over IPv4`.
    public let name: String
    public let family: Family
    public let control: Control
    public let expectedAnswer: Answer
    private let build: Draft.Build

    init(id: Int, _ draft: Draft) {
        self.id = id
        name = draft.name
        family = draft.family
        control = draft.control
        expectedAnswer = draft.answer
        build = draft.build
    }

    var mark: ProbeMark { ProbeMark(id) }

    /// The frames to send, in order, from the client's interface.
    public func frames(in context: ProbeContext) -> [Frame] {
        build(context, mark)
    }

    /// Whether a captured frame is this probe, also after address translation and reassembly.
    public func isVisible(in frame: [UInt8]) -> Bool {
        ProbeMark(in: frame) == mark
    }

    /// Finds the probe to which a captured frame belongs.
    public static func seen(in frame: [UInt8]) -> Probe? {
        guard let mark = ProbeMark(in: frame), allCases.indices.contains(mark.number) else { return nil }
        return allCases[mark.number]
    }

    /// Finds how often each probe is seen in a capture file, by ``id``.
    public static func sightings(path: String) throws(FrameError) -> [Int: Int] {
        let reader = try PcapReader(path: path)
        var sightings: [Int: Int] = [:]
        while let frame = try reader.next() {
            if let probe = seen(in: frame.bytes) { sightings[probe.id, default: 0] += 1 }
        }
        return sightings
    }
}

extension Probe: CustomStringConvertible {
    public var description: String { name }
}

extension Probe: CaseIterable {
    public static let allCases: [Probe] = {
        let drafts = Draft.list(
            Draft.datagrams, Draft.connections, Draft.segments, Draft.control, Draft.protocols, Draft.fragments,
            Draft.headers, Draft.groups, Draft.spoofed, Draft.linkLayer)
        return drafts.enumerated().map { Probe(id: $0, $1) }
    }()
}

/// A probe before it has its number.
struct Draft: Sendable {
    typealias Build = @Sendable (ProbeContext, ProbeMark) -> [Frame]

    var name: String
    var family: Probe.Family
    var control: Probe.Control
    var answer: Probe.Answer
    var build: Build

    init(
        _ name: String, _ family: Probe.Family, by control: Probe.Control = .router, _ answer: Probe.Answer,
        _ build: @escaping Build
    ) {
        self.name = name
        self.family = family
        self.control = control
        self.answer = answer
        self.build = build
    }

    /// One list of many, which a compiler reads faster than a long sum.
    static func list(_ parts: [Draft]...) -> [Draft] {
        parts.flatMap(\.self)
    }

    /// The same transport over IPv4 and IPv6.
    static func twins(
        _ name: String, to place: ProbeContext.Place = .web, by control: Probe.Control = .router,
        _ answer: Probe.Answer,
        timeToLive: UInt8 = 64, _ transport: @escaping @Sendable (ProbeMark) -> Transport
    ) -> [Draft] {
        [
            Draft("\(name) over IPv4", .ipv4, by: control, answer) { context, mark in
                [context.frame4(to: place, timeToLive: timeToLive, transport(mark))]
            },
            Draft("\(name) over IPv6", .ipv6, by: control, answer) { context, mark in
                [context.frame6(to: place, hopLimit: timeToLive, transport(mark))]
            },
        ]
    }
}
