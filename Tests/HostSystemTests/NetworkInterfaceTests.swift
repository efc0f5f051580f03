import Foundation
import HostSystem
import Testing

@Suite("The kernel's interfaces")
struct NetworkInterfaceTests {
    @Test("What is sent over an interface grows its sums")
    func counts() async throws {
        let before = try #require(try NetworkInterface.all()["lo"]).counters
        let (sender, address) = (socket(AF_INET, Int32(SOCK_DGRAM.rawValue), 0), "127.0.0.1")
        defer { close(sender) }
        var place = sockaddr_in()
        place.sin_family = sa_family_t(AF_INET)
        place.sin_port = UInt16(9).bigEndian
        inet_pton(AF_INET, address, &place.sin_addr)
        let payload = [UInt8](repeating: 0, count: 1_000)
        let sent = withUnsafePointer(to: &place) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                sendto(sender, payload, payload.count, 0, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        #expect(sent == 1_000)
        let after = try #require(try NetworkInterface.all()["lo"]).counters
        #expect(after.sent &- before.sent >= 1_000 && after.received &- before.received >= 1_000)
    }
}
