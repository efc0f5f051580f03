import NetAddress
import Testing

@testable import BoxDaemon

@Suite("Whom the uplink names for questions about names")
struct UplinkResolversTests {
    @Test(
        "systemd-networkd's lease names them, or nobody",
        arguments: [
            (
                "# This is private data. Do not parse.\nADDRESS=192.168.1.50\nDNS=192.168.1.1 192.0.2.53\nNTP=192.0.2.1\n",
                2
            ),
            ("ADDRESS=192.168.1.50\nDNS=192.168.1.1; nameserver 127.0.0.1\n", 1), ("DNS=\n", 0),
            ("XDNS=192.0.2.1\n", 0),
            ("", 0), ("DNS=fe80::1 router.example\n", 0),
        ])
    func reads(lease: String, count: Int) {
        #expect(UplinkResolvers.resolvers(in: lease).count == count)
    }

    @Test("A program reads one a line")
    func writes() {
        let resolvers = [IPv4Address("192.168.1.1")!, IPv4Address("192.0.2.53")!]
        #expect(UplinkResolvers.text(resolvers) == "nameserver 192.168.1.1\nnameserver 192.0.2.53\n")
        #expect(UplinkResolvers.text([]).isEmpty)
    }
}
