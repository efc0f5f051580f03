import Glibc
import HostSystem
import NetAddress

/// The frame that marks a capture's end: an ARP question, which the box may always send, for an address nobody has.
public enum Sentinel {
    /// The last bytes of the frame: no sender's address yet (an ARP probe, RFC 5227), no target hardware, the target.
    static let mark: [UInt8] =
        [0, 0, 0, 0] + [0, 0, 0, 0, 0, 0]
        + (0..<4).reversed().map {
            UInt8(truncatingIfNeeded: Addresses.nobodyOnTheUplink.bits >> ($0 * 8))
        }

    /// Sends one from the box, by a process of its own inside the namespace.
    static func send() async throws {
        try await LabHost.box.run(try Checkout().program("torbox-lab"), ["send-sentinel"])
    }

    /// Sends one by `wan0` of the namespace that this process runs in.
    public static func sendFromHere() throws {
        guard let text = try LabFolder("/sys/class/net/wan0").read("address"), let own = HardwareAddress(text.trimmed)
        else { throw LabError(.capture, "wan0: no such device in this namespace") }
        let ethernet = [UInt8](repeating: 0xFF, count: 6) + own.bytes + [0x08, 0x06]
        let question: [UInt8] = [0, 1, 8, 0, 6, 4, 0, 1] + own.bytes
        try send(ethernet + question + mark, by: "wan0")
    }

    private static func send(_ frame: [UInt8], by device: String) throws {
        let index = if_nametoindex(device)
        let descriptor = socket(AF_PACKET, Int32(SOCK_RAW.rawValue), 0)
        guard index != 0, descriptor >= 0 else {
            throw LabError(.capture, "\(device): no raw socket: \(String(cString: strerror(errno)))")
        }
        defer { close(descriptor) }
        // struct sockaddr_ll: family, protocol, device, and nothing that matters for sending.
        var address = [UInt8](repeating: 0, count: 20)
        address.withUnsafeMutableBytes {
            $0.storeBytes(of: UInt16(AF_PACKET), toByteOffset: 0, as: UInt16.self)
            $0.storeBytes(of: index.littleEndian, toByteOffset: 4, as: UInt32.self)
        }
        let sent = address.withUnsafeBytes { raw in
            sendto(
                descriptor, frame, frame.count, 0, raw.baseAddress!.assumingMemoryBound(to: sockaddr.self),
                socklen_t(raw.count))
        }
        guard sent == frame.count else {
            throw LabError(.capture, "\(device): the sentinel did not leave: \(String(cString: strerror(errno)))")
        }
    }
}
