import BoxAPI
import NetAddress
import Testing

@testable import BoxDaemon
@testable import NftablesReading

private let phone = HardwareAddress("02:00:00:00:00:01")!
private let laptop = HardwareAddress("02:00:00:00:00:02")!

private func element(_ parts: String..., packets: Int, secondsAgo: Int) -> SetListing.Element {
    SetListing.Element(parts: parts, bytes: 0, packets: packets, expires: 1800 - secondsAgo)
}

@Suite("What was refused, by kind")
struct RefusedPacketsTests {
    struct Sample: Sendable, CustomTestStringConvertible {
        let name: String
        let port: Int?
        let kind: RefusalsReport.Kind

        init(_ name: String, _ port: Int?, _ kind: RefusalsReport.Kind) {
            (self.name, self.port, self.kind) = (name, port, kind)
        }

        var testDescription: String { "\(name) \(port.map(String.init) ?? "")" }
    }

    @Test(
        "Each protocol and port has the kind that people know it by",
        arguments: [
            Sample("udp", 443, .quic), Sample("17", 443, .quic), Sample("udp", 80, .quic),
            Sample("udp", 3478, .callOrGame), Sample("udp", 5060, .callOrGame), Sample("udp", 65_535, .callOrGame),
            Sample("udp", 1024, .callOrGame), Sample("udp", 1023, .otherUDP), Sample("udp", 53, .otherUDP),
            Sample("udp", 51820, .vpn), Sample("udp", 500, .vpn), Sample("udp", 4500, .vpn), Sample("esp", nil, .vpn),
            Sample("gre", nil, .vpn), Sample("47", nil, .vpn), Sample("tcp", 443, .connection),
            Sample("6", 25, .connection), Sample("icmp", nil, .ping), Sample("ipv6-icmp", nil, .ping),
            Sample("58", nil, .ping), Sample("sctp", nil, .otherProtocol), Sample("253", nil, .otherProtocol),
        ])
    func kinds(sample: Sample) {
        #expect(RefusedPackets.kind(protocol: sample.name, port: sample.port) == sample.kind)
    }

    @Test("A device's kinds are summed, the latest first, and each device has its own")
    func sums() {
        let refused = RefusedPackets(
            ports: [
                element(phone.revealed, "udp", "3478", packets: 4, secondsAgo: 90),
                element(phone.revealed, "udp", "19302", packets: 5, secondsAgo: 60),
                element(laptop.revealed, "udp", "443", packets: 1, secondsAgo: 0),
            ], protocols: [element(phone.revealed, "icmp", packets: 3, secondsAgo: 10)],
            privateNetworks: [element(phone.revealed, packets: 2, secondsAgo: 1700)])
        #expect(
            refused.byDevice == [
                phone: [
                    .init(kind: .ping, count: 3, lastSecondsAgo: 10),
                    .init(kind: .callOrGame, count: 9, lastSecondsAgo: 60),
                    .init(kind: .privateNetwork, count: 2, lastSecondsAgo: 1700),
                ], laptop: [.init(kind: .quic, count: 1, lastSecondsAgo: 0)],
            ])
    }

    @Test("A device's destinations are its own, the latest first, and twenty at most")
    func places() {
        let refused = RefusedPackets(
            ports: [], protocols: [], privateNetworks: [],
            places: [
                element(laptop.revealed, "2001:db8::1", packets: 0, secondsAgo: 30),
                element(laptop.revealed, "198.51.100.1", packets: 0, secondsAgo: 2),
                element(laptop.revealed, packets: 0, secondsAgo: 0),
                element("lan0", "198.51.100.2", packets: 0, secondsAgo: 0),
                element(laptop.revealed, "nowhere", packets: 0, secondsAgo: 0),
            ] + (1...30).reversed().map { element(phone.revealed, "192.0.2.\($0)", packets: 0, secondsAgo: $0) })
        #expect(refused.report(on: laptop, called: "a").destinations == ["198.51.100.1", "2001:db8::1"])
        #expect(refused.report(on: phone, called: "b").destinations == (1...20).map { "192.0.2.\($0)" })
    }

    @Test("What is no element of these sets is passed over")
    func strange() {
        let refused = RefusedPackets(
            ports: [
                element("lan0", "udp", "443", packets: 1, secondsAgo: 0),
                element(phone.revealed, "udp", packets: 1, secondsAgo: 0),
                element(phone.revealed, "udp", "https", packets: 1, secondsAgo: 0),
            ], protocols: [element(phone.revealed, packets: 1, secondsAgo: 0)], privateNetworks: [])
        #expect(refused.byDevice.isEmpty)
    }
}
