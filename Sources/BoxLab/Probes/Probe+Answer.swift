import NetAddress
import NetFrames

extension Probe {
    /// Waits for the refusal that the probe asks for, or for any other word from the box about it.
    ///
    /// - Parameter socket: on the client's interface, opened before the probe was sent.
    /// - Returns: what came; `nil` where nothing came within the limit, which is right for `.silence` only.
    public func answer(on socket: PacketSocket, within limit: Duration) async throws -> Received? {
        let frame = try await socket.firstFrame(within: limit) { received(in: $0) != nil }
        return frame.flatMap(received)
    }

    /// What a frame that the client got says about this probe.
    public enum Received: Sendable, Hashable {
        case reset
        case prohibited
        /// The box, or whoever plays the server, takes the connection.
        case accepted
        /// An ICMP error other than "administratively prohibited".
        case otherError(type: UInt8, code: UInt8)
    }

    /// Reads a frame that came in at the client; `nil` where it is about something else.
    public func received(in frame: Frame) -> Received? {
        switch frame.content {
        case .ipv4(let packet): received(packet.transport, prohibited: (3, 13))
        case .ipv6(let packet): received(packet.transport, prohibited: (1, 1))
        case .arp, .other: nil
        }
    }

    private func received(_ transport: Transport, prohibited: (UInt8, UInt8)) -> Received? {
        switch transport {
        case .tcp(let segment) where segment.destinationPort == mark.port:
            segment.flags.contains(.rst) ? .reset : .accepted
        case .icmp(let message), .icmpv6(let message):
            if !quotes(message.body) {
                nil
            } else if (message.type, message.code) == prohibited {
                .prohibited
            } else {
                .otherError(type: message.type, code: message.code)
            }
        case .udp, .tcp, .fragment, .other: nil
        }
    }

    /// Whether an ICMP error quotes the probe: by its text, or by the ports and sequence number of its segment.
    private func quotes(_ body: [UInt8]) -> Bool {
        let number = (0..<4).map { UInt8(truncatingIfNeeded: mark.sequence >> (8 * (3 - UInt32($0)))) }
        return body.firstRange(of: mark.text) != nil || body.firstRange(of: number) != nil
    }
}
