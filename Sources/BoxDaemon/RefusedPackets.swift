import BoxAPI
import NetAddress
import Nftables
import NftablesReading

/// What the kernel refused to each device in the last half hour, by kind, and where the owner wants it by
/// destination; never written down.
struct RefusedPackets: Sendable, Hashable {
    private(set) var byDevice: [HardwareAddress: [RefusalsReport.Entry]] = [:]
    /// The latest first, and no more of a device's than a person reads.
    private(set) var places: [HardwareAddress: [String]] = [:]

    /// In seconds, as in the ruleset: each further packet keeps an element for as long again.
    static let memory = 1800

    /// Asks the kernel.
    static func now(_ nftables: Nftables, withPlaces: Bool) async throws -> RefusedPackets {
        var places: [SetListing.Element] = []
        if withPlaces {
            places += try await nftables.elements(of: "refused_to4")
            places += try await nftables.elements(of: "refused_to6")
        }
        return RefusedPackets(
            ports: try await nftables.elements(of: "refused_ports"),
            protocols: try await nftables.elements(of: "refused_protocols"),
            privateNetworks: try await nftables.elements(of: "refused_private"), places: places)
    }

    /// - Parameters:
    ///   - ports: device, protocol and port of what was sent to public addresses.
    ///   - protocols: device and protocol of what has no ports.
    ///   - privateNetworks: devices alone.
    ///   - places: device and address.
    init(
        ports: [SetListing.Element], protocols: [SetListing.Element], privateNetworks: [SetListing.Element],
        places: [SetListing.Element] = []
    ) {
        for element in ports where element.parts.count == 3 {
            guard let port = Int(element.parts[2]) else { continue }
            note(Self.kind(protocol: element.parts[1], port: port), element)
        }
        for element in protocols where element.parts.count == 2 {
            note(Self.kind(protocol: element.parts[1]), element)
        }
        for element in privateNetworks { note(.privateNetwork, element) }
        for device in byDevice.keys {
            byDevice[device]?.sort { ($0.lastSecondsAgo, $0.kind.rawValue) < ($1.lastSecondsAgo, $1.kind.rawValue) }
        }
        // Each further packet renews an element, so that the latest is the one that expires last.
        for element in places.sorted(by: { ($1.expires, $0.parts.last ?? "") < ($0.expires, $1.parts.last ?? "") }) {
            guard element.parts.count == 2, let device = HardwareAddress(element.parts[0]),
                let place = IPAddress(element.parts[1]), self.places[device, default: []].count < 20
            else { continue }
            self.places[device, default: []].append("\(place)")
        }
    }

    func report(on device: HardwareAddress, called name: String) -> RefusalsReport {
        RefusalsReport(device: name, entries: byDevice[device] ?? [], destinations: places[device] ?? [])
    }

    private mutating func note(_ kind: RefusalsReport.Kind, _ element: SetListing.Element) {
        guard let device = element.parts.first.flatMap({ HardwareAddress($0) }) else { return }
        var entries = byDevice[device, default: []]
        let index = entries.firstIndex { $0.kind == kind } ?? entries.endIndex
        if index == entries.endIndex {
            entries.append(RefusalsReport.Entry(kind: kind, count: 0, lastSecondsAgo: Self.memory))
        }
        entries[index].count += element.packets
        entries[index].lastSecondsAgo = min(entries[index].lastSecondsAgo, max(0, Self.memory - element.expires))
        byDevice[device] = entries
    }

    /// - Parameters:
    ///   - protocol: as nft lists it: a name where the host knows one, or else the number (IANA protocol numbers).
    ///   - port: of the destination, where the protocol has ports.
    static func kind(protocol name: String, port: Int? = nil) -> RefusalsReport.Kind {
        switch (name, port) {
        case ("tcp", _), ("6", _): .connection
        case ("udp", let port?), ("17", let port?): kind(ofUDP: port)
        case ("icmp", _), ("1", _), ("ipv6-icmp", _), ("icmpv6", _), ("58", _): .ping
        case ("gre", _), ("47", _), ("esp", _), ("50", _), ("ah", _), ("51", _): .vpn
        default: .otherProtocol
        }
    }

    private static func kind(ofUDP port: Int) -> RefusalsReport.Kind {
        switch port {
        case 80, 443: .quic
        // IKE and its way through NAT, L2TP, OpenVPN, WireGuard.
        case 500, 4500, 1701, 1194, 51820: .vpn
        // STUN, TURN, SIP and media choose theirs up here, as games do.
        case 1024...: .callOrGame
        default: .otherUDP
        }
    }
}
