import CLinux
import Glibc
import NetAddress

/// A network interface as the kernel shows it now.
public struct NetworkInterface: Sendable, Hashable {
    public let name: String
    /// Switched on by an administrator (`IFF_UP`), with or without a cable.
    public var isUp: Bool
    public var addresses: Set<Network> = []
    /// What it carried since it is there.
    public var counters = Counters()

    /// The kernel's own sums, in bytes of frames; they begin anew behind 4 GiB.
    public struct Counters: Sendable, Hashable {
        public var received: UInt32
        public var sent: UInt32

        public init(received: UInt32 = 0, sent: UInt32 = 0) {
            (self.received, self.sent) = (received, sent)
        }
    }

    /// All interfaces of this network namespace, by name.
    ///
    /// - Throws: ``HostError`` of kind `.interface`.
    public static func all() throws(HostError) -> [String: NetworkInterface] {
        var first: UnsafeMutablePointer<ifaddrs>?
        guard getifaddrs(&first) == 0 else { throw HostError(.interface, "interfaces", errno: errno) }
        defer { freeifaddrs(first) }
        var found: [String: NetworkInterface] = [:]
        for entry in sequence(first: first, next: { $0?.pointee.ifa_next }).lazy.compactMap({ $0?.pointee }) {
            let name = String(cString: entry.ifa_name)
            let isUp = entry.ifa_flags & UInt32(IFF_UP) != 0
            found[name, default: NetworkInterface(name: name, isUp: isUp)].isUp = isUp
            if let address = Self.network(entry.ifa_addr, mask: entry.ifa_netmask) {
                found[name]?.addresses.insert(address)
            }
            if let counters = Self.counters(entry) { found[name]?.counters = counters }
        }
        return found
    }

    private static func network(
        _ address: UnsafeMutablePointer<sockaddr>?, mask: UnsafeMutablePointer<sockaddr>?
    ) -> Network? {
        guard let address = address.flatMap(Self.address), let mask = mask.flatMap(Self.address) else { return nil }
        return switch mask {
        case .v4(let mask): Network(address, prefixLength: mask.bits.nonzeroBitCount)
        case .v6(let mask): Network(address, prefixLength: mask.bits.nonzeroBitCount)
        }
    }

    /// getifaddrs(3): only the entry of the link itself has them.
    private static func counters(_ entry: ifaddrs) -> Counters? {
        guard let address = entry.ifa_addr, address.pointee.sa_family == AF_PACKET, let data = entry.ifa_data else {
            return nil
        }
        let sums = data.loadUnaligned(as: rtnl_link_stats.self)
        return Counters(received: sums.rx_bytes, sent: sums.tx_bytes)
    }

    static func address(_ pointer: UnsafeMutablePointer<sockaddr>) -> IPAddress? {
        switch Int32(pointer.pointee.sa_family) {
        case AF_INET:
            return pointer.withMemoryRebound(to: sockaddr_in.self, capacity: 1) {
                .v4(IPv4Address(bits: UInt32(bigEndian: $0.pointee.sin_addr.s_addr)))
            }
        case AF_INET6:
            return pointer.withMemoryRebound(to: sockaddr_in6.self, capacity: 1) { entry in
                withUnsafeBytes(of: &entry.pointee.sin6_addr) { bytes in
                    .v6(IPv6Address(bits: bytes.reduce(0) { $0 << 8 | UInt128($1) }))
                }
            }
        default:
            return nil
        }
    }
}
