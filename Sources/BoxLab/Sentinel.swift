import HostSystem
import NetAddress
import NetFrames

/// The frame that marks a capture's end: an ARP question, which the box may always send, for an address nobody has.
enum Sentinel {
    /// Sends one from the box by its uplink.
    static func send() throws {
        let uplink = try PacketSocket(interface: "wan0", in: NetworkNamespace(LabHost.box.namespace))
        try uplink.send(frame)
    }

    /// Whether a captured frame is one.
    static func ends(_ captured: CapturedFrame) -> Bool {
        captured.bytes == frame.bytes
    }

    /// No sender's address yet, as in a probe of RFC 5227.
    private static let frame = Frame(
        from: Topology.uplinkAddress, to: .broadcast,
        .arp(
            ARPPacket(
                sender: IPv4Address(bits: 0), at: Topology.uplinkAddress, target: Addresses.nobodyOnTheUplink)))
}
