import NetAddress

/// An ARP packet for IPv4 over Ethernet (RFC 826).
public struct ARPPacket: Hashable, Sendable {
    public static let etherType: UInt16 = 0x0806
    /// Ethernet, IPv4, and the lengths of their addresses.
    private static let kind: [UInt8] = [0, 1, 8, 0, 6, 4]

    /// 1 asks, 2 answers.
    public var operation: UInt16
    public var senderHardware: HardwareAddress
    public var sender: IPv4Address
    public var targetHardware: HardwareAddress
    public var target: IPv4Address

    public init(
        operation: UInt16 = 1, sender: IPv4Address, at senderHardware: HardwareAddress, target: IPv4Address,
        at targetHardware: HardwareAddress = HardwareAddress(bits: 0)
    ) {
        self.operation = operation
        self.senderHardware = senderHardware
        self.sender = sender
        self.targetHardware = targetHardware
        self.target = target
    }

    /// Reads a packet; `nil` where it speaks of other networks than Ethernet and IPv4.
    init?(parsing bytes: [UInt8], trailer: inout [UInt8]) throws(FrameError) {
        var reader = ByteReader(bytes, naming: "ARP")
        guard try reader.take(6) == Self.kind else { return nil }
        operation = try reader.integer(UInt16.self)
        senderHardware = try reader.hardwareAddress()
        sender = IPv4Address(bits: try reader.integer(UInt32.self))
        targetHardware = try reader.hardwareAddress()
        target = IPv4Address(bits: try reader.integer(UInt32.self))
        trailer = reader.rest()
    }

    var bytes: [UInt8] {
        var bytes = Self.kind
        bytes.append(number: operation)
        return bytes + senderHardware.bytes + sender.bytes + targetHardware.bytes + target.bytes
    }
}
