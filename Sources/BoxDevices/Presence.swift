import FoundationEssentials
import HostSystem
import NetAddress

/// Who is on the LAN now, with which addresses.
public struct Presence: Hashable, Sendable {
    public private(set) var addresses: [HardwareAddress: Set<IPAddress>] = [:]

    /// - Parameters:
    ///   - leases: dnsmasq's lease file.
    ///   - neighbours: what `ip -json -statistics neigh` says of the LAN.
    ///   - now: in seconds since 1970.
    /// - Throws: ``DeviceError`` of kind `.malformed` where `neighbours` is not what ip(8) writes.
    public init(leases: String, neighbours: String, now: Int) throws(DeviceError) {
        let known = try Neighbour.reading(neighbours)
        // A lease outlives the device's visit by hours; a neighbour's answer does not.
        for neighbour in known {
            addresses[neighbour.device, default: []].insert(neighbour.address)
        }
        for lease in Lease.reading(leases) where lease.expiry > now {
            guard addresses[lease.device] != nil else { continue }
            addresses[lease.device]?.insert(.v4(lease.address))
        }
    }

    public init() {}

    /// Reads both from the host.
    ///
    /// - Parameters:
    ///   - leaseFile: dnsmasq's; one that is not there yet holds no lease.
    ///   - interface: the LAN's.
    public static func now(leaseFile: String, interface: String, time: Int) async throws -> Presence {
        let file = DurableFile(leaseFile)
        let leases = file.exists ? String(decoding: try file.readUntrusted(), as: UTF8.self) : ""
        let neighbours = try await neighbourCommand(interface).run(limit: .seconds(5))
        return try Presence(leases: leases, neighbours: neighbours, now: time)
    }

    static func neighbourCommand(_ interface: String) -> Command {
        Command("ip", ["-json", "-statistics", "neigh", "show", "dev", interface])
    }
}

/// A line of dnsmasq's lease file: expiry, hardware address, IPv4 address, host name, client id (dnsmasq(8)).
struct Lease: Hashable {
    /// In seconds since 1970; `.max` for one that never ends.
    let expiry: Int
    let device: HardwareAddress
    let address: IPv4Address

    /// Reads the IPv4 leases; what is none, as the lines of DHCPv6, is passed over. The host name is never looked at.
    static func reading(_ text: String) -> [Lease] {
        text.split(separator: "\n").compactMap { line in
            let words = line.split(separator: " ")
            guard words.count == 5, let expiry = Int(words[0]), expiry >= 0, let device = HardwareAddress(words[1]),
                let address = IPv4Address(words[2])
            else { return nil }
            return Lease(expiry: expiry == 0 ? .max : expiry, device: device, address: address)
        }
    }
}

/// An entry of the kernel's ARP or neighbour table.
struct Neighbour: Hashable {
    let device: HardwareAddress
    let address: IPAddress

    /// In seconds: a device that was silent for longer has gone.
    private static let freshness = 600

    /// Reads the entries of devices that are here, as `ip -json -statistics neigh` writes them; others are passed over.
    static func reading(_ json: String) throws(DeviceError) -> [Neighbour] {
        struct Entry: Decodable {
            let dst: String?
            let lladdr: String?
            let state: [String]?
            /// Seconds since the device last answered, and since the entry changed.
            let confirmed: Int?
            let updated: Int?

            /// The kernel keeps an entry long after its device has gone.
            var isFresh: Bool {
                switch state?.first {
                case "REACHABLE", "DELAY", "PROBE": true
                case "STALE": min(confirmed ?? .max, updated ?? .max) < Neighbour.freshness
                default: false
                }
            }
        }
        // ip(8) writes nothing at all where there is no such interface's entry.
        guard json.contains("[") else { return [] }
        let entries: [Entry]
        do {
            entries = try JSONDecoder().decode([Entry].self, from: Data(json.utf8))
        } catch {
            throw DeviceError(.malformed, "ip neigh: its answer cannot be read: \(error)")
        }
        return entries.compactMap { entry in
            guard let device = entry.lladdr.flatMap({ HardwareAddress($0) }), device.isOneDevice,
                let address = entry.dst.flatMap({ IPAddress($0) }), entry.isFresh
            else { return nil }
            return Neighbour(device: device, address: address)
        }
    }
}

extension HardwareAddress {
    /// Not a group's address (IEEE 802, the lowest bit of the first byte) nor all zeroes.
    fileprivate var isOneDevice: Bool { bytes[0] & 1 == 0 && bits != 0 }
}
