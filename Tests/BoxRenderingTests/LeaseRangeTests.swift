import NetAddress
import Testing

@testable import BoxRendering

@Suite("The addresses that DHCP hands out")
struct LeaseRangeTests {
    @Test(
        "They are the longest run without the box",
        arguments: [
            ("10.84.0.1/24", "10.84.0.2", "10.84.0.254", "255.255.255.0"),
            ("10.84.0.254/24", "10.84.0.1", "10.84.0.253", "255.255.255.0"),
            ("192.168.7.200/24", "192.168.7.1", "192.168.7.199", "255.255.255.0"),
            ("192.168.7.100/24", "192.168.7.101", "192.168.7.254", "255.255.255.0"),
            ("172.16.0.1/16", "172.16.0.2", "172.16.255.254", "255.255.0.0"),
            ("192.168.1.7/28", "192.168.1.8", "192.168.1.14", "255.255.255.240"),
            ("192.168.1.8/28", "192.168.1.1", "192.168.1.7", "255.255.255.240"),
        ])
    func range(network: String, first: String, last: String, mask: String) throws {
        let lan = try #require(Network(network))
        let range = try #require(LeaseRange(lan))
        #expect([range.first, range.last, range.mask].map(\.description) == [first, last, mask])
    }

    @Test("No network of a LAN leaves out its box, its last or its first address wrongly", arguments: 16...28)
    func everyBox(prefixLength: Int) throws {
        let size = UInt32(1) << (32 - prefixLength)
        let base: UInt32 = 0xC0A8_0000
        for offset in [1, 2, size / 2 - 1, size / 2, size - 3, size - 2] {
            let box = IPv4Address(bits: base + offset)
            let lan = try #require(Network(.v4(box), prefixLength: prefixLength))
            let range = try #require(LeaseRange(lan))
            #expect(range.first <= range.last)
            #expect(!(range.first...range.last).contains(box))
            #expect(range.first.bits > base && range.last.bits < base + size - 1)
        }
    }
}
