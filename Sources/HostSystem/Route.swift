import Glibc
import NetAddress

/// The ways that the kernel would take now (ip-route(8)).
public enum Route {
    /// Tells from which own address a connection there would start; `nil` where no way leads there.
    ///
    /// Nothing is sent: to connect a UDP socket is only to look up the way.
    ///
    /// - Throws: ``HostError`` of kind `.interface`.
    public static func source(towards destination: IPAddress) throws(HostError) -> IPAddress? {
        let family =
            switch destination {
            case .v4: AF_INET
            case .v6: AF_INET6
            }
        let descriptor = socket(family, Int32(SOCK_DGRAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        if descriptor < 0, errno == EAFNOSUPPORT { return nil }
        guard descriptor >= 0 else { throw HostError(.interface, "the way to \(destination)", errno: errno) }
        defer { close(descriptor) }
        // Whatever the reason: there is no way now.
        guard withSocketAddress(of: destination, { connect(descriptor, $0, $1) }) == 0 else { return nil }
        var storage = sockaddr_storage()
        var length = socklen_t(MemoryLayout<sockaddr_storage>.size)
        return try withUnsafeMutablePointer(to: &storage) { storage throws(HostError) in
            try storage.withMemoryRebound(to: sockaddr.self, capacity: 1) { address throws(HostError) in
                guard getsockname(descriptor, address, &length) == 0 else {
                    throw HostError(.interface, "the way to \(destination)", errno: errno)
                }
                return NetworkInterface.address(address)
            }
        }
    }

    private static func withSocketAddress<Result>(
        of address: IPAddress, _ body: (UnsafePointer<sockaddr>, socklen_t) -> Result
    ) -> Result {
        func lend<Raw>(_ raw: Raw) -> Result {
            withUnsafeBytes(of: raw) { bytes in
                body(bytes.baseAddress!.assumingMemoryBound(to: sockaddr.self), socklen_t(bytes.count))
            }
        }
        // Any port does; that of discard.
        let port = UInt16(9).bigEndian
        switch address {
        case .v4(let address):
            var raw = sockaddr_in()
            raw.sin_family = sa_family_t(AF_INET)
            raw.sin_port = port
            raw.sin_addr.s_addr = address.bits.bigEndian
            return lend(raw)
        case .v6(let address):
            var raw = sockaddr_in6()
            raw.sin6_family = sa_family_t(AF_INET6)
            raw.sin6_port = port
            withUnsafeMutableBytes(of: &raw.sin6_addr) { $0.copyBytes(from: address.bytes) }
            return lend(raw)
        }
    }
}
