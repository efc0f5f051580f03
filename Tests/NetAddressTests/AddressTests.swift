import NetAddress
import Testing

@Suite("Addresses")
struct AddressTests {
    @Test(
        "An address prints as it was read",
        arguments: [
            "0.0.0.0", "192.0.2.1", "255.255.255.255", "::", "::1", "2001:db8::1", "fe80::1:2:3:4", "::ffff:1.2.3.4",
        ])
    func printsAsRead(text: String) {
        #expect(IPAddress(text)?.description == text)
    }

    @Test(
        "What is no address is refused",
        arguments: [
            "", "1", "1.2.3", "1.2.3.4.5", "256.1.1.1", "1.2.3.4 ", "localhost", ":::", "1::2::3", "[::1]",
            "fe80::1%eth0",
        ])
    func refuses(text: String) {
        #expect(IPAddress(text) == nil)
    }

    @Test(
        "Endpoints of both families print as they were read",
        arguments: ["192.0.2.1:443", "[2001:db8::1]:9001", "0.0.0.0:0"])
    func endpoints(text: String) {
        #expect(Endpoint(text)?.description == text)
    }

    @Test(
        "What is no endpoint is refused",
        arguments: [
            "192.0.2.1", "192.0.2.1:", "192.0.2.1:65536", "192.0.2.1:-1", "2001:db8::1:443", "[192.0.2.1]:1", "[]:1",
            ":1",
        ])
    func refusesEndpoints(text: String) {
        #expect(Endpoint(text) == nil)
    }

    @Test(
        "A network knows its base",
        arguments: [
            ("10.84.0.1/24", "10.84.0.0"), ("10.84.0.1/0", "0.0.0.0"), ("10.84.0.1/32", "10.84.0.1"),
            ("10.84.255.1/15", "10.84.0.0"), ("fd84:84:84::1/64", "fd84:84:84::"), ("fd84::1/128", "fd84::1"),
            ("fd84::1/0", "::"),
        ])
    func bases(text: String, base: String) {
        #expect(Network(text)?.base == IPAddress(base))
    }

    @Test(
        "What is no network is refused",
        arguments: ["10.0.0.1", "10.0.0.1/33", "10.0.0.1/-1", "::1/129", "/8", "10.0.0.0/8/8"])
    func refusesNetworks(text: String) {
        #expect(Network(text) == nil)
    }

    @Test(
        "Networks overlap where one holds the other",
        arguments: [
            ("10.84.0.1/24", "10.84.0.77/24", true), ("10.84.0.1/24", "10.0.0.0/8", true),
            ("10.0.0.0/8", "10.84.0.1/24", true),
            ("10.84.0.1/24", "10.84.1.1/24", false), ("10.84.0.1/24", "fd84::1/64", false),
            ("::/0", "10.0.0.0/8", false),
            ("fd84:84:84::1/64", "fd84:84:84::5/48", true), ("0.0.0.0/0", "192.0.2.1/32", true),
        ])
    func overlaps(left: String, right: String, expected: Bool) {
        #expect(Network(left)!.overlaps(Network(right)!) == expected)
        #expect(Network(right)!.overlaps(Network(left)!) == expected)
    }

    @Test(
        "Link-local networks are known",
        arguments: [
            ("169.254.1.1/16", true), ("169.253.1.1/16", false), ("fe80::1/64", true), ("febf::1/64", true),
            ("fec0::1/64", false),
        ])
    func linkLocal(text: String, expected: Bool) {
        #expect(Network(text)?.isLinkLocal == expected)
    }

    @Test("A hardware address shows nothing of itself unless it is asked to")
    func redacts() {
        let address = HardwareAddress("02:00:5e:10:00:0f")!
        #expect(address.revealed == "02:00:5e:10:00:0f")
        #expect(!"\(address) \(String(reflecting: address)) \([address])".contains("5e"))
    }

    @Test(
        "What is no hardware address is refused",
        arguments: ["", "02:00:5e:10:00", "2:0:5e:10:0:f", "02-00-5e-10-00-0f", "02:00:5e:10:00:0g"])
    func refusesHardwareAddresses(text: String) {
        #expect(HardwareAddress(text) == nil)
    }
}
