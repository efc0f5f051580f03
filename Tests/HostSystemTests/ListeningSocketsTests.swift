import Glibc
import NetAddress
import Testing

@testable import HostSystem

@Suite("Who listens on this machine")
struct ListeningSocketsTests {
    private static let loopback = IPv4Address("127.0.0.1")!
    private static let table = """
          sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode
           0: 0100007F:ADF1 00000000:0000 0A 00000000:00000000 00:00000000 00000000   993        0 10361119 1 0 100 0 0 10 0
           1: 0100007F:0050 00000000:0000 0A 00000000:00000000 00:00000000 00000000   993        0 10361120 1 0 100 0 0 10 0
           2: 0100007F:1F90 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 10361121 1 0 100 0 0 10 0
           3: 00000000:1F91 00000000:0000 0A 00000000:00000000 00:00000000 00000000   993        0 10361122 1 0 100 0 0 10 0
           4: 0100007F:ADF2 0100007F:0016 01 00000000:00000000 00:00000000 00000000   993        0 10361123 1 0 100 0 0 10 0
        """

    @Test("Only who waits at that very address, as that user, is found, the lowest port first")
    func reads() {
        #expect(ListeningSockets.ports(of: 993, on: Self.loopback, in: Self.table) == [80, 44529])
        #expect(ListeningSockets.ports(of: 99, on: Self.loopback, in: Self.table) == [])
        #expect(ListeningSockets.ports(of: 993, on: Self.loopback, in: "") == [])
    }

    @Test("The kernel tells of one's own, from its beginning to its end")
    func asksTheKernel() throws {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        try #require(descriptor >= 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = Self.loopback.bits.bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let isBound = withUnsafeMutablePointer(to: &address) { address in
            address.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(descriptor, $0, length) == 0 && getsockname(descriptor, $0, &length) == 0
            }
        }
        try #require(isBound && listen(descriptor, 1) == 0)
        let port = UInt16(bigEndian: address.sin_port)
        #expect(try ListeningSockets.ports(of: getuid(), on: Self.loopback).contains(port))
        #expect(try !ListeningSockets.ports(of: getuid() + 1, on: Self.loopback).contains(port))
        // A program that another test is just starting may hold it for a moment longer; listening ends here.
        shutdown(descriptor, Int32(SHUT_RDWR))
        close(descriptor)
        #expect(try !ListeningSockets.ports(of: getuid(), on: Self.loopback).contains(port))
    }
}
