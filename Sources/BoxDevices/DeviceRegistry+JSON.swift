import FoundationEssentials
import NetAddress

extension DeviceRegistry {
    /// The whole registry as it is kept on disk.
    public var json: String {
        get throws {
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.prettyPrinted, .sortedKeys]
            let content = Content(version: Content.version, devices: devices.map(Content.Entry.init))
            return String(decoding: try encoder.encode(content), as: UTF8.self) + "\n"
        }
    }

    /// Reads what ``json`` wrote; one thing wrong in it, and nothing of it is taken.
    ///
    /// - Throws: ``DeviceError`` of kind `.malformed`, with the reason.
    public init(json: [UInt8]) throws(DeviceError) {
        let content: Content
        do {
            content = try JSONDecoder().decode(Content.self, from: Data(json))
        } catch {
            throw DeviceError(.malformed, "it is not the JSON of a list of devices")
        }
        guard content.version == Content.version else {
            throw DeviceError(
                .malformed, "version \(content.version) of the list; this torboxd reads \(Content.version)")
        }
        guard content.devices.count <= Self.capacity else {
            throw DeviceError(.malformed, "\(content.devices.count) devices; at most \(Self.capacity) are kept")
        }
        self.init()
        var names: Set<String> = []
        var numbers: Set<Int> = []
        for (index, entry) in content.devices.enumerated() {
            let place = "device \(index + 1) of the list"
            let device = try entry.device(place)
            guard self[device.address] == nil, names.insert(device.name.lowercased()).inserted,
                numbers.insert(device.number).inserted
            else { throw DeviceError(.malformed, "\(place): its address, number or name stands there twice") }
            restore(device)
        }
    }
}

private struct Content: Codable {
    static let version = 1

    let version: Int
    let devices: [Entry]

    struct Entry: Codable {
        let address: String
        let number: Int
        let alias: String?
        let firstSeen: String
        let lastSeen: String
        let ownTor: Bool
        let blocked: Bool

        init(_ device: Device) {
            address = device.address.revealed
            number = device.number
            alias = device.alias?.text
            firstSeen = device.firstSeen.description
            lastSeen = device.lastSeen.description
            ownTor = device.ownTor
            blocked = device.isBlocked
        }

        func device(_ place: String) throws(DeviceError) -> Device {
            guard let address = HardwareAddress(address) else {
                throw DeviceError(.malformed, "\(place): its address is none")
            }
            guard (1...DeviceRegistry.capacity + 1).contains(number) else {
                throw DeviceError(.malformed, "\(place): its number \(number) is out of range")
            }
            guard let first = Day(firstSeen), let last = Day(lastSeen), first <= last else {
                throw DeviceError(.malformed, "\(place): its days are none, or in the wrong order")
            }
            var device = Device(address, number: number, firstSeen: first)
            device.lastSeen = last
            device.ownTor = ownTor
            device.isBlocked = blocked
            if let alias {
                do {
                    device.alias = try Alias(alias)
                } catch {
                    throw DeviceError(.malformed, "\(place): \(error)")
                }
            }
            return device
        }
    }
}
