import NetAddress
import Testing

@testable import BoxDaemon
@testable import NftablesReading

private let phone = HardwareAddress("02:00:00:00:00:01")!
private let laptop = HardwareAddress("02:00:00:00:00:02")!

private func element(_ parts: String..., bytes: Int = 0, expires: Int = 86_000) -> SetListing.Element {
    SetListing.Element(parts: parts, bytes: bytes, expires: expires)
}

@Suite("What the kernel's sets say of a device")
struct DeviceUseTests {
    @Test("All its addresses count for it, of both families")
    func sums() {
        let use = DeviceUse(
            sent: [
                element(phone.revealed, "10.84.0.11", bytes: 5), element(phone.revealed, "fd84::11", bytes: 7),
                element(laptop.revealed, "10.84.0.12", bytes: 100),
            ],
            received: [
                element("10.84.0.11", bytes: 1000), element("fd84::11", bytes: 2000), element("10.84.0.99", bytes: 1),
            ])
        #expect(use.sent == [phone: 12, laptop: 100])
        #expect(use.received == [phone: 3000])
    }

    @Test("An address that changed hands counts for its newest holder", arguments: [true, false])
    func changesHands(phoneIsNewer: Bool) {
        let sent = [
            element(phone.revealed, "10.84.0.11", expires: phoneIsNewer ? 80_000 : 20),
            element(laptop.revealed, "10.84.0.11", expires: 5_000),
        ]
        for order in [sent, sent.reversed()] {
            let use = DeviceUse(sent: order, received: [element("10.84.0.11", bytes: 9)])
            #expect(use.received == [phoneIsNewer ? phone : laptop: 9])
        }
    }

    @Test("Guards count that were opened on the device's day, not those of the day before, nor another's")
    func countsGuards() {
        let opened = GuardsOpened(
            opened: [
                element(phone.revealed, "198.51.100.1", "9001", expires: 500),
                element(phone.revealed, "198.51.100.2", "9001", expires: 1_000),
                element(phone.revealed, "2001:db8::1", "9001", expires: 70_000),
                element(laptop.revealed, "198.51.100.1", "9001", expires: 80_000),
            ], allowances: [element(phone.revealed, expires: 1_000)])
        #expect(opened.byDevice == [phone: 2])
    }
}
