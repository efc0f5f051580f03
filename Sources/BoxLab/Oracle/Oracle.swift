import NetAddress
import NetFrames

/// Judges every frame that left the uplink by the packet table, and knows nothing of the firewall that should hold it.
///
/// It refuses whatever it does not understand in full.
public struct Oracle: Sendable {
    let row: Row
    let uplink: Uplink

    /// What the kernel gives packets of its own.
    static let ownTimeToLive: UInt8 = 64
    /// What is left of it when the box has forwarded a packet of a device in the lab.
    static let forwardedTimeToLive: UInt8 = 63
    /// Ethernet pads shorter frames (without the frame check sequence).
    private static let shortestFrame = 60

    public init(row: Row, uplink: Uplink) {
        self.row = row
        self.uplink = uplink
    }

    public func judge(_ bytes: [UInt8]) -> Verdict {
        do throws(FrameError) {
            return judge(try Frame(parsing: bytes))
        } catch {
            return .refused("unreadable: \(error)")
        }
    }

    public func judge(_ frame: Frame) -> Verdict {
        do throws(Refusal) {
            try Refusal.unless(frame.source == uplink.hardwareAddress, "not from the uplink's hardware address")
            try Refusal.unless(frame.tags.isEmpty, "a VLAN tag")
            try checkTrailer(of: frame)
            switch frame.content {
            case .arp(let packet): return .allowed(try judge(packet, in: frame), remarks: [])
            case .ipv4(let packet): return try judge(packet, in: frame)
            case .ipv6(let packet): return try judge(packet, in: frame)
            case .other: throw Refusal(reason: "neither ARP nor IP")
            }
        } catch {
            return .refused(error.reason)
        }
    }

    private func checkTrailer(of frame: Frame) throws(Refusal) {
        guard !frame.trailer.isEmpty else { return }
        try Refusal.unless(frame.bytes.count <= Self.shortestFrame, "bytes after the packet's end")
        try Refusal.unless(frame.trailer.allSatisfy { $0 == 0 }, "padding that is not zero")
    }

    private func judge(_ packet: ARPPacket, in frame: Frame) throws(Refusal) -> Verdict.Kind {
        try Refusal.unless((1...2).contains(packet.operation), "ARP that neither asks nor answers")
        try Refusal.unless(
            packet.senderHardware == uplink.hardwareAddress, "ARP that tells another hardware address")
        // Before it takes an address the box asks whether it is free, in nobody's name (RFC 5227).
        let isInNobodysName = packet.operation == 1 && packet.sender.bits == 0
        try Refusal.unless(
            isInNobodysName || uplink.owns(.v4(packet.sender)), "ARP that tells of \(packet.sender)")
        try Refusal.unless(
            uplink.isNeighbour(.v4(packet.target)), "ARP about \(packet.target), which is not on the uplink")
        let namesNobodyElse = [HardwareAddress(bits: 0), .broadcast, frame.destination]
        try Refusal.unless(
            namesNobodyElse.contains(packet.targetHardware), "ARP that names a third hardware address")
        return .arp
    }

    /// TCP of the box's own to a door, or of a device's own Tor to a guard, in either family.
    ///
    /// An address may be both; the time to live tells whose packet it is.
    func judge(
        _ segment: TCPSegment, from source: IPAddress, to destination: IPAddress, timeToLive: UInt8
    ) throws(Refusal) -> Verdict.Kind {
        let place = Endpoint(destination, segment.destinationPort)
        if row == .snowflake {
            return try judgeSnowflake(isTCP: true, from: source, to: place, timeToLive: timeToLive)
        }
        try Refusal.unless(
            row.doors.contains(place) || row.guards.contains(place), "TCP to \(place), which is no door and no guard")
        try Refusal.unless(uplink.owns(source), "TCP from \(source), which is not the uplink's")
        if timeToLive == Self.forwardedTimeToLive, row.guards.contains(place) { return .ownTor }
        try Refusal.unless(row.doors.contains(place), "TCP of the box's own to \(place), which is no door")
        try Refusal.unless(timeToLive == Self.ownTimeToLive, "TCP to a door that was forwarded (TTL \(timeToLive))")
        return .door
    }

    /// The Ethernet destination must be the one that the IP destination calls for.
    func checkNextHop(_ hardware: HardwareAddress, for address: IPAddress) throws(Refusal) {
        let isRight =
            switch address {
            case .v4(let address) where address.bits == 0xFFFF_FFFF: hardware == .broadcast
            case .v4(let address) where address.bits >> 28 == 0xE: hardware == HardwareAddress(multicast: .v4(address))
            case .v6(let address) where address.bits >> 120 == 0xFF:
                hardware == HardwareAddress(multicast: .v6(address))
            case .v4, .v6: !hardware.isGroup
            }
        try Refusal.unless(isRight, "sent to a hardware address that does not fit \(address)")
    }
}
