import HostSystem
import NetAddress
import Testing

@Suite("The kernel's ways")
struct RouteTests {
    @Test("The way to oneself starts at oneself", arguments: [IPAddress("127.0.0.1")!, IPAddress("::1")!])
    func loopback(address: IPAddress) throws {
        #expect(try Route.source(towards: address) == address)
    }

    @Test("No way leads where the kernel refuses to go")
    func none() throws {
        #expect(try Route.source(towards: IPAddress("255.255.255.255")!) == nil)
    }
}
