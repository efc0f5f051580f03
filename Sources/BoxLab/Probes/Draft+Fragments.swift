import NetAddress
import NetFrames

extension Draft {
    /// Datagrams in pieces. A router that tracks connections puts them together first, so pieces that never make a
    /// whole only cross a bridge.
    static let fragments: [Draft] = list(
        pieces("UDP in two fragments", .router, .prohibited, of: .udp, [0..<64, 64..<208]),
        pieces("UDP in two fragments, the last one first", .router, .prohibited, of: .udp, [64..<208, 0..<64]),
        pieces("a first fragment without the rest", .bridge, .silence, of: .udp, [0..<64]),
        pieces("a last fragment without the first", .bridge, .silence, of: .udp, [64..<208]),
        pieces("fragments that overlap", .bridge, .silence, of: .udp, [0..<64, 32..<208]),
        pieces("a connection whose TCP header is split", .router, .unpromised, of: .tcp, [0..<8, 8..<220]),
        pieces("a tiny first fragment of TCP without the rest", .bridge, .silence, of: .tcp, [0..<8]),
        pieces("a TCP fragment in the middle of nothing", .bridge, .silence, of: .tcp, [64..<128]),
        [
            Draft("a fragment that is whole over IPv6", .ipv6, .unpromised) { context, mark in
                let whole = IPv6Extension.fragment(offset: 0, more: false, identification: UInt32(mark.number))
                return [context.frame6(extensions: [whole], .udp(mark, to: 33_333))]
            }
        ]
    )

    private enum Carrier {
        case udp
        case tcp

        /// The mark stands in every part of the payload, so that each piece can be recognised.
        func transport(_ mark: ProbeMark) -> Transport {
            let payload = (0..<25).flatMap { _ in mark.text }
            return switch self {
            case .udp: .udp(UDPDatagram(from: mark.port, to: 33_333, payload))
            case .tcp: .tcp(mark, to: 443, payload: payload)
            }
        }
    }

    private static func pieces(
        _ name: String, _ control: Probe.Control, _ answer: Probe.Answer, of carrier: Carrier, _ ranges: [Range<Int>]
    ) -> [Draft] {
        [
            Draft("\(name) over IPv4", .ipv4, by: control, answer) { context, mark in
                var packet = IPv4Packet(from: context.client4, to: context.web4, carrier.transport(mark))
                packet.identification = 0x7000 + UInt16(mark.number)
                return ranges.compactMap { packet.fragment($0) }.map(context.frame)
            },
            Draft("\(name) over IPv6", .ipv6, by: control, answer) { context, mark in
                let packet = IPv6Packet(from: context.client6, to: context.web6, carrier.transport(mark))
                let identification = 0x7442_0000 + UInt32(mark.number)
                return ranges.compactMap { packet.fragment($0, identification: identification) }.map(context.frame)
            },
        ]
    }
}
