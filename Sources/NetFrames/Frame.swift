import NetAddress

/// One Ethernet frame, without its preamble and frame check sequence.
///
/// Reading and writing give the same bytes back, wrong checksums included. What this library does not know stays
/// `.other`; what contradicts itself or ends too early is a ``FrameError``.
public struct Frame: Hashable, Sendable {
    public var destination: HardwareAddress
    public var source: HardwareAddress
    public var tags: [VLANTag]
    public var content: Content
    /// Bytes after the content's own length: padding to the Ethernet minimum, or something that hides there.
    public var trailer: [UInt8]

    public enum Content: Hashable, Sendable {
        case arp(ARPPacket)
        case ipv4(IPv4Packet)
        case ipv6(IPv6Packet)
        /// An unknown type, or a length below 1536 (IEEE 802.3), with all bytes that follow.
        case other(type: UInt16, [UInt8])
    }

    public init(
        from source: HardwareAddress, to destination: HardwareAddress, tags: [VLANTag] = [], _ content: Content,
        trailer: [UInt8] = []
    ) {
        self.destination = destination
        self.source = source
        self.tags = tags
        self.content = content
        self.trailer = trailer
    }

    public init(parsing bytes: [UInt8]) throws(FrameError) {
        var reader = ByteReader(bytes, naming: "Ethernet")
        destination = try reader.hardwareAddress()
        source = try reader.hardwareAddress()
        tags = []
        var type = try reader.integer(UInt16.self)
        while VLANTag.types.contains(type) {
            tags.append(VLANTag(type: type, control: try reader.integer(UInt16.self)))
            type = try reader.integer(UInt16.self)
        }
        trailer = []
        switch type {
        case ARPPacket.etherType:
            let rest = reader.rest()
            if let packet = try ARPPacket(parsing: rest, trailer: &trailer) {
                content = .arp(packet)
            } else {
                content = .other(type: type, rest)
            }
        case IPv4Packet.etherType:
            content = .ipv4(try IPv4Packet(parsing: reader.rest(), trailer: &trailer))
        case IPv6Packet.etherType:
            content = .ipv6(try IPv6Packet(parsing: reader.rest(), trailer: &trailer))
        default:
            content = .other(type: type, reader.rest())
        }
    }

    /// The frame as it stands on the wire; it is not padded to the Ethernet minimum.
    public var bytes: [UInt8] {
        var bytes = destination.bytes + source.bytes
        for tag in tags {
            bytes.append(number: tag.type)
            bytes.append(number: tag.control)
        }
        bytes.append(number: type)
        switch content {
        case .arp(let packet): bytes += packet.bytes
        case .ipv4(let packet): bytes += packet.bytes
        case .ipv6(let packet): bytes += packet.bytes
        case .other(_, let payload): bytes += payload
        }
        return bytes + trailer
    }

    /// The type that stands before the content.
    public var type: UInt16 {
        switch content {
        case .arp: ARPPacket.etherType
        case .ipv4: IPv4Packet.etherType
        case .ipv6: IPv6Packet.etherType
        case .other(let type, _): type
        }
    }
}

/// A VLAN tag (IEEE 802.1Q) or service tag (802.1ad).
public struct VLANTag: Hashable, Sendable {
    public static let types: [UInt16] = [0x8100, 0x88A8]

    public var type: UInt16
    /// Priority, drop flag and the VLAN's number.
    public var control: UInt16

    public init(type: UInt16 = 0x8100, control: UInt16) {
        self.type = type
        self.control = control
    }
}

extension HardwareAddress {
    public static let broadcast = HardwareAddress(bits: 0xFFFF_FFFF_FFFF)

    /// Broadcast and multicast addresses.
    public var isGroup: Bool { bits >> 40 & 1 == 1 }

    /// The group address that carries an IPv4 (RFC 1112) or IPv6 (RFC 2464) multicast address.
    public init(multicast address: IPAddress) {
        switch address {
        case .v4(let address): self.init(bits: 0x0100_5E00_0000 | UInt64(address.bits & 0x7F_FFFF))
        case .v6(let address):
            self.init(bits: 0x3333_0000_0000 | UInt64(truncatingIfNeeded: address.bits & 0xFFFF_FFFF))
        }
    }
}
