import NetAddress
import NetFrames

/// A TCP connection that a client really has, for segments that seem to belong to it once the box has forgotten it.
public struct LiveFlow: Sendable, Hashable {
    public var client: Endpoint
    public var server: Endpoint
    /// The next number that the client would send.
    public var sequence: UInt32
    /// The next number that the client waits for.
    public var acknowledgment: UInt32

    public init(client: Endpoint, server: Endpoint, sequence: UInt32, acknowledgment: UInt32) {
        self.client = client
        self.server = server
        self.sequence = sequence
        self.acknowledgment = acknowledgment
    }

    /// Takes the numbers from a segment that the client sent; `nil` where the frame holds none.
    public init?(sentByClient frame: Frame) {
        switch frame.content {
        case .ipv4(let packet): self.init(.v4(packet.source), .v4(packet.destination), packet.transport)
        case .ipv6(let packet): self.init(.v6(packet.source), .v6(packet.destination), packet.transport)
        case .arp, .other: return nil
        }
    }

    private init?(_ source: IPAddress, _ destination: IPAddress, _ transport: Transport) {
        guard case .tcp(let segment) = transport else { return nil }
        let length = segment.payload.count + (segment.flags.isDisjoint(with: [.syn, .fin]) ? 0 : 1)
        self.init(
            client: Endpoint(source, segment.sourcePort), server: Endpoint(destination, segment.destinationPort),
            sequence: segment.sequence &+ UInt32(length), acknowledgment: segment.acknowledgment)
    }

    /// A segment that the connection's other end would take.
    ///
    /// - Returns: `nil` where the two ends are of different families.
    public func segment(
        _ flags: TCPSegment.Flags, payload: [UInt8] = [], in context: ProbeContext
    ) -> Frame? {
        let segment = TCPSegment(
            from: client.port, to: server.port, flags, sequence: sequence,
            acknowledgment: flags.contains(.ack) ? acknowledgment : 0, payload: payload)
        return frame(carrying: .tcp(segment), in: context)
    }

    /// The segments by which such a connection leaks after its conntrack entry is gone, by name.
    public func leftovers(in context: ProbeContext) -> [(name: String, frame: Frame)] {
        let kinds: [(String, TCPSegment.Flags, [UInt8])] = [
            ("ACK", .ack, []), ("data", [.psh, .ack], Array("still here".utf8)), ("FIN", [.fin, .ack], []),
            ("RST", .rst, []), ("RST+ACK", [.rst, .ack], []),
        ]
        return kinds.compactMap { name, flags, payload in
            segment(flags, payload: payload, in: context).map { (name, $0) }
        }
    }

    /// Whether a frame on the uplink goes to the server of this connection: the box's tor never does that itself.
    public func isVisible(in frame: Frame) -> Bool {
        switch frame.content {
        case .ipv4(let packet): .v4(packet.destination) == server.address
        case .ipv6(let packet): .v6(packet.destination) == server.address
        case .arp, .other: false
        }
    }

    private func frame(carrying transport: Transport, in context: ProbeContext) -> Frame? {
        switch (client.address, server.address) {
        case (.v4(let source), .v4(let destination)):
            context.frame(IPv4Packet(from: source, to: destination, transport))
        case (.v6(let source), .v6(let destination)):
            context.frame(IPv6Packet(from: source, to: destination, transport))
        case (.v4, .v6), (.v6, .v4): nil
        }
    }
}

extension LiveFlow {
    /// Whether a frame is the server's answer to the opening of this connection.
    func isAnswer(_ frame: Frame) -> Bool {
        answer(in: frame) != nil
    }

    /// The connection after the server's SYN+ACK.
    func established(by frame: Frame) -> LiveFlow? {
        guard let answer = answer(in: frame), answer.flags.isSuperset(of: [.syn, .ack]) else { return nil }
        var live = self
        live.sequence = answer.acknowledgment
        live.acknowledgment = answer.sequence &+ 1
        return live
    }

    private func answer(in frame: Frame) -> TCPSegment? {
        let (source, transport): (IPAddress, Transport)
        switch frame.content {
        case .ipv4(let packet): (source, transport) = (.v4(packet.source), packet.transport)
        case .ipv6(let packet): (source, transport) = (.v6(packet.source), packet.transport)
        case .arp, .other: return nil
        }
        guard case .tcp(let segment) = transport, source == server.address, segment.sourcePort == server.port,
            segment.destinationPort == client.port
        else { return nil }
        return segment
    }
}
