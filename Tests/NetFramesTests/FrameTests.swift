import NetAddress
import Testing

@testable import NetFrames

@Suite("Frames are read and written without loss")
struct FrameTests {
    static let hosts = (HardwareAddress("02:00:00:00:00:01")!, HardwareAddress("02:00:00:00:00:02")!)

    /// One frame of each kind that the library knows.
    static let samples: [Frame] = {
        let v4 = IPv4Packet(
            from: IPv4Address("10.0.0.1")!, to: IPv4Address("10.0.0.2")!,
            .udp(UDPDatagram(from: 1, to: 2, Array(0..<41))))
        var optional = v4
        optional.options = [7, 7, 4, 0, 0, 0, 0, 0]
        var broken = v4
        broken.checksum = 0xBAD
        let v6 = IPv6Packet(
            from: IPv6Address("fd00::1")!, to: IPv6Address("fd00::2")!,
            .tcp(TCPSegment(from: 3, to: 4, [.syn, .ack], sequence: 5, acknowledgment: 6, payload: [7, 8, 9])))
        var extended = v6
        extended.extensions = [
            .options(.hopByHop, [5, 2, 0, 0]), .routing(type: 4, segmentsLeft: 0), .options(.destination),
            .fragment(offset: 0, more: false, identification: 9),
        ]
        let arp = ARPPacket(sender: v4.source, at: hosts.0, target: v4.destination)
        let ping = ICMPMessage(type: 8, [0, 1, 0, 2, 0xAA])
        let contents: [Frame.Content] = [
            .arp(arp), .ipv4(v4), .ipv4(optional), .ipv4(broken), .ipv4(v4.fragment(0..<16)!),
            .ipv4(v4.fragment(16..<49)!), .ipv4(IPv4Packet(from: v4.source, to: v4.destination, .icmp(ping))),
            .ipv4(IPv4Packet(from: v4.source, to: v4.destination, .other(253, [1, 2, 3]))), .ipv6(v6),
            .ipv6(extended), .ipv6(v6.fragment(8..<16, identification: 7)!),
            .ipv6(IPv6Packet(from: v6.source, to: v6.destination, .icmpv6(ping))),
            .ipv6(IPv6Packet(from: v6.source, to: v6.destination, .other(59, []))),
            .other(type: 0x88CC, [1, 2]), .other(type: 3, [0xAA, 0xAA, 3]),
            .other(type: 0x0806, [0, 1, 8, 0, 6, 5, 1, 1]),
        ]
        return contents.map { Frame(from: hosts.0, to: hosts.1, $0) }
            + [Frame(from: hosts.0, to: .broadcast, tags: [VLANTag(control: 7)], .arp(arp), trailer: [0, 0, 1])]
    }()

    @Test("What was written is read back, byte for byte", arguments: samples)
    func readsBack(frame: Frame) throws {
        let bytes = frame.bytes
        let read = try Frame(parsing: bytes)
        #expect(read.bytes == bytes)
        #expect(read.description == frame.description)
        #expect(read.tags == frame.tags && read.trailer == frame.trailer && read.type == frame.type)
    }

    @Test("A frame cut anywhere is a value or a reason, and nothing is read that is not there", arguments: samples)
    func survivesCuts(frame: Frame) throws {
        let bytes = frame.bytes
        for length in 0..<bytes.count {
            let cut = Array(bytes.prefix(length))
            guard let read = try? Frame(parsing: cut) else { continue }
            #expect(read.bytes == cut)
        }
        #expect(throws: FrameError.self) { try Frame(parsing: Array(bytes.prefix(13))) }
    }

    @Test("A frame with any byte changed is a value or a reason", arguments: samples)
    func survivesChanges(frame: Frame) {
        let bytes = frame.bytes
        for place in bytes.indices {
            for value: UInt8 in [0, 1, 0x2C, 0x45, 0x6F, 0x7F, 0x80, 0xFF] {
                var changed = bytes
                changed[place] = value
                guard let read = try? Frame(parsing: changed) else { continue }
                #expect(read.bytes == changed)
            }
        }
    }

    @Test(
        "Headers that contradict themselves are refused",
        arguments: [
            ("version 5", 14, 0x55), ("a header of 16 bytes", 14, 0x44), ("a total length below the header's", 17, 19),
            ("a total length beyond the end", 17, 255), ("a UDP length that is not the packet's", 39, 48),
        ] as [(String, Int, UInt8)])
    func refusesContradictions(name: String, place: Int, value: UInt8) {
        var bytes = Self.samples[1].bytes
        bytes[place] = value
        #expect(throws: FrameError.self) { try Frame(parsing: bytes) }
    }

    @Test("Checksums are those of the standards' examples")
    func checksums() {
        // RFC 1071 section 3.
        #expect(Checksum.internet([0x00, 0x01, 0xF2, 0x03, 0xF4, 0xF5, 0xF6, 0xF7]) == ~0xDDF2)
        // The check value of CRC-32C.
        #expect(Checksum.castagnoli(Array("123456789".utf8)) == 0xE306_9283)
    }

    @Test("A checksum that was not asked for otherwise is the right one", arguments: samples)
    func fillsChecksums(frame: Frame) throws {
        switch try Frame(parsing: frame.bytes).content {
        case .ipv4(let packet):
            #expect(packet.hasRightChecksum == (packet.checksum != 0xBAD))
            let (source, destination) = (IPAddress.v4(packet.source), IPAddress.v4(packet.destination))
            let payload = packet.transport.bytes(from: source, to: destination)
            switch packet.transport {
            case .udp: #expect(Checksum.internet(payload, protocol: 17, from: source, to: destination) == 0)
            case .icmp: #expect(Checksum.internet(payload) == 0)
            case .tcp, .icmpv6, .fragment, .other: break
            }
        case .ipv6(let packet):
            let (source, destination) = (IPAddress.v6(packet.source), IPAddress.v6(packet.destination))
            let payload = packet.transport.bytes(from: source, to: destination)
            switch packet.transport {
            case .tcp, .icmpv6:
                let number = packet.transport.number
                #expect(Checksum.internet(payload, protocol: number, from: source, to: destination) == 0)
            case .udp, .icmp, .fragment, .other: break
            }
        case .arp, .other: break
        }
    }

    @Test("No printed frame shows a hardware address", arguments: samples)
    func hidesHardware(frame: Frame) {
        #expect(!frame.description.contains("02:00"))
    }
}
