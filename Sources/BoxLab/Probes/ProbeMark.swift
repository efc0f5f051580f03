import Glibc
import NetFrames

/// What makes a probe's frames known again after address translation: eight letters in any payload, or a number in
/// the place of TCP's sequence number.
struct ProbeMark: Sendable, Hashable {
    /// 0...999.
    let number: Int

    private static let prefix = Array("tbprb".utf8)
    private static let firstSequence: UInt32 = 0x7442_5000

    init(_ number: Int) {
        self.number = number
    }

    /// Fits a DNS label too.
    var text: [UInt8] {
        Self.prefix + [100, 10, 1].map { UInt8(48 + number / $0 % 10) }
    }

    var sequence: UInt32 { Self.firstSequence + UInt32(number) }

    /// The client's port, so that no two probes share a flow.
    var port: UInt16 { 20_000 + UInt16(number) }

    /// The text, filled up to a length.
    func payload(_ length: Int) -> [UInt8] {
        text + [UInt8](repeating: 0x2E, count: max(0, length - text.count))
    }

    /// Finds the mark in the bytes of a frame.
    init?(in frame: [UInt8]) {
        if let digits = Self.digits(after: Self.prefix, in: frame) {
            number = digits
            return
        }
        guard let frame = try? Frame(parsing: frame), let sequence = frame.sequence,
            (Self.firstSequence..<Self.firstSequence + 1000).contains(sequence)
        else { return nil }
        number = Int(sequence - Self.firstSequence)
    }

    /// Reads the three digits after the first prefix in the bytes.
    private static func digits(after prefix: [UInt8], in frame: [UInt8]) -> Int? {
        frame.withUnsafeBytes { bytes in
            var place = 0
            // memchr, since a capture has hundreds of megabytes and a mark is rare.
            while place < bytes.count,
                let hit = memchr(bytes.baseAddress! + place, Int32(prefix[0]), bytes.count - place)
            {
                let found = UnsafeRawPointer(hit) - bytes.baseAddress!
                let candidate = bytes[found...].prefix(prefix.count + 3)
                if candidate.starts(with: prefix), candidate.count == prefix.count + 3,
                    let digits = Int(String(decoding: candidate.suffix(3), as: UTF8.self)), digits >= 0
                {
                    return digits
                }
                place = found + 1
            }
            return nil
        }
    }
}

extension Frame {
    /// TCP's sequence number, also that of a first fragment too short for the rest of TCP's header.
    fileprivate var sequence: UInt32? {
        switch content {
        case .ipv4(let packet) where packet.fragmentOffset == 0: packet.transport.sequence
        case .ipv6(let packet): packet.transport.sequence
        case .arp, .ipv4, .other: nil
        }
    }
}

extension Transport {
    fileprivate var sequence: UInt32? {
        switch self {
        case .tcp(let segment): segment.sequence
        case .fragment(of: 6, let payload) where payload.count >= 8:
            payload[4..<8].reduce(0) { $0 << 8 | UInt32($1) }
        case .udp, .icmp, .icmpv6, .fragment, .other: nil
        }
    }
}
