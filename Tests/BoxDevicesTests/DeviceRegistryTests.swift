import BoxDevices
import NetAddress
import Testing

private func address(_ number: UInt64) -> HardwareAddress { HardwareAddress(bits: 0x0200_0000_0000 + number) }
private func day(_ number: Int) -> Day { Day(secondsSince1970: number * 86_400) }

private func registry(seeing numbers: [UInt64], on number: Int = 20_000) -> DeviceRegistry {
    var registry = DeviceRegistry()
    registry.see(Set(numbers.map(address)), on: day(number))
    return registry
}

@Suite("The registry of devices")
struct DeviceRegistryTests {
    @Test("A new device gets a name that tells nothing of it, and no right")
    func names() {
        let registry = registry(seeing: [7, 8, 9])
        #expect(registry.devices.map(\.name) == ["device 1", "device 2", "device 3"])
        #expect(registry.ownTor.isEmpty && registry.blocked.isEmpty)
    }

    @Test("A device keeps its name and first day, and is last seen later, never earlier")
    func remembers() throws {
        var registry = registry(seeing: [1, 2])
        registry.see([address(2)], on: day(20_010))
        registry.see([address(2)], on: day(19_000))
        let device = try registry.device(called: "device 2")
        #expect(device.address == address(2))
        #expect(device.firstSeen == day(20_000) && device.lastSeen == day(20_010))
    }

    @Test("The owner's settings hold for that device alone")
    func settings() throws {
        var registry = registry(seeing: [1, 2, 3])
        try registry.rename(registry.device(called: "device 1"), to: Alias("Kitchen radio"))
        registry.setOwnTor(true, of: try registry.device(called: "KITCHEN RADIO"))
        registry.setBlocked(true, try registry.device(called: "02:00:00:00:00:03"))
        #expect(registry.ownTor == [address(1)])
        #expect(registry.blocked == [address(3)])
        registry.setBlocked(false, try registry.device(called: "device 3"))
        registry.setOwnTor(false, of: try registry.device(called: "Kitchen radio"))
        #expect(registry.ownTor.isEmpty && registry.blocked.isEmpty)
    }

    @Test("Two devices never have one name")
    func uniqueNames() throws {
        var registry = registry(seeing: [1, 2])
        try registry.rename(registry.device(called: "device 1"), to: Alias("Radio"))
        let error = #expect(throws: DeviceError.self) {
            try registry.rename(registry.device(called: "device 2"), to: Alias("rADIO"))
        }
        #expect(error?.kind == .badAlias)
        // Its own name in other letters is no clash.
        try registry.rename(registry.device(called: "radio"), to: Alias("RADIO"))
    }

    @Test(
        "A name that a terminal or a page could misread is refused",
        arguments: [
            "", " ", " a", "a ", "a\nb", "a\u{1B}[31m", "<b>", "a\u{202E}b", "a\u{200B}b", "a/b", "a\"b", "device 3",
            "Device  3", "---", String(repeating: "a", count: 33), "a\u{0}",
        ])
    func badAlias(text: String) {
        let error = #expect(throws: DeviceError.self) { try Alias(text) }
        #expect(error?.kind == .badAlias)
    }

    @Test(
        "A name in anybody's letters is fine", arguments: ["Küche", "Papa's phone", "телефон", "电话 2", "a", "tv_1.b-2"])
    func goodAlias(text: String) throws {
        #expect(try Alias(text).text == text)
    }

    @Test("Nobody is found by a name that no device has", arguments: ["", "device 4", "02:00:00:00:00:09", "x"])
    func unknown(name: String) {
        let error = #expect(throws: DeviceError.self) { try registry(seeing: [1, 2, 3]).device(called: name) }
        #expect(error?.kind == .noSuchDevice)
    }

    @Test("A full registry forgets the longest unseen device without settings, and keeps those with")
    func bounded() throws {
        var registry = DeviceRegistry()
        for number in 1...DeviceRegistry.capacity {
            registry.see([address(UInt64(number))], on: day(10_000 + number))
        }
        registry.setBlocked(true, try registry.device(called: "device 1"))
        registry.see([address(9_001), address(9_002)], on: day(20_000))
        #expect(registry.devices.count == DeviceRegistry.capacity)
        #expect(registry.blocked == [address(1)])
        #expect(registry[address(2)] == nil && registry[address(3)] == nil && registry[address(4)] != nil)
        #expect(Set(registry.devices.map(\.name)).count == DeviceRegistry.capacity)
    }

    @Test("A flood of made-up addresses neither grows the registry nor costs a setting")
    func flooded() throws {
        var registry = registry(seeing: [1])
        registry.setOwnTor(true, of: try registry.device(called: "device 1"))
        for round in 0..<5 {
            registry.see(Set((0..<2_000).map { address(UInt64(10_000 + round * 2_000 + $0)) }), on: day(20_001))
        }
        #expect(registry.devices.count == DeviceRegistry.capacity)
        #expect(registry.ownTor == [address(1)])
        #expect(try DeviceRegistry(json: Array(registry.json.utf8)) == registry)
    }
}
