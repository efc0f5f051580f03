import NetAddress

/// The devices that the box has seen, by hardware address.
///
/// It is bounded: a device that the owner has said nothing about makes room for a new one, the longest unseen first.
public struct DeviceRegistry: Hashable, Sendable {
    public static let capacity = 500

    private(set) var byAddress: [HardwareAddress: Device] = [:]

    public init() {}

    /// In the order of their numbers.
    public var devices: [Device] { byAddress.values.sorted { $0.number < $1.number } }

    /// The devices whose own Tor the owner lets pass.
    public var ownTor: Set<HardwareAddress> { Set(byAddress.values.filter(\.ownTor).map(\.address)) }

    public var blocked: Set<HardwareAddress> { Set(byAddress.values.filter(\.isBlocked).map(\.address)) }

    public subscript(address: HardwareAddress) -> Device? { byAddress[address] }

    /// Notes who is here today.
    public mutating func see(_ present: Set<HardwareAddress>, on day: Day) {
        // In a fixed order, so that the same devices get the same numbers.
        for address in present.sorted(by: { $0.bits < $1.bits }) {
            if let device = byAddress[address] {
                // A clock that was set back makes nobody older.
                byAddress[address]?.lastSeen = max(device.lastSeen, day)
            } else if makeRoom(keeping: present) {
                byAddress[address] = Device(address, number: freeNumber, firstSeen: day)
            }
        }
    }

    /// The one device that is called so, or that has this hardware address.
    ///
    /// - Throws: ``DeviceError`` of kind `.noSuchDevice`.
    public func device(called name: String) throws(DeviceError) -> Device {
        let wanted = name.lowercased()
        if let device = byAddress.values.first(where: { $0.name.lowercased() == wanted }) { return device }
        if let address = HardwareAddress(wanted), let device = byAddress[address] { return device }
        throw DeviceError(.noSuchDevice, "no device is called \"\(name.prefix(64))\"; `torbox devices` lists them")
    }

    /// - Throws: ``DeviceError`` of kind `.badAlias` where another device has that name.
    public mutating func rename(_ device: Device, to alias: Alias) throws(DeviceError) {
        let wanted = alias.text.lowercased()
        guard !byAddress.values.contains(where: { $0.address != device.address && $0.name.lowercased() == wanted })
        else { throw DeviceError(.badAlias, "another device is called \"\(alias.text)\" already; take another name") }
        byAddress[device.address]?.alias = alias
    }

    public mutating func setOwnTor(_ isOn: Bool, of device: Device) {
        byAddress[device.address]?.ownTor = isOn
    }

    public mutating func setBlocked(_ isOn: Bool, _ device: Device) {
        byAddress[device.address]?.isBlocked = isOn
    }

    /// Takes a device as it was written down; the file's reader has checked it.
    mutating func restore(_ device: Device) {
        byAddress[device.address] = device
    }

    /// - Returns: whether there is room; not where all others are here too or have settings.
    private mutating func makeRoom(keeping present: Set<HardwareAddress>) -> Bool {
        guard byAddress.count >= Self.capacity else { return true }
        let untouched = byAddress.values.filter { !$0.hasSettings && !present.contains($0.address) }
        guard let oldest = untouched.min(by: { ($0.lastSeen, $0.number) < ($1.lastSeen, $1.number) }) else {
            return false
        }
        byAddress[oldest.address] = nil
        return true
    }

    private var freeNumber: Int {
        let taken = Set(byAddress.values.map(\.number))
        return (1...Self.capacity + 1).first { !taken.contains($0) } ?? Self.capacity + 1
    }
}
