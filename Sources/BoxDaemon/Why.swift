import BoxAPI
import BoxConfiguration
import BoxDevices
import FoundationEssentials
import HostSystem
import NetAddress
import Nftables
import NftablesReading

/// What would happen to a TCP connection of a device, by what the kernel holds and not by what was meant.
struct Why: Sendable {
    let configuration: Configuration
    let nftables: Nftables
    let devices: DeviceWatch

    /// A locally administered address that no device's maker gives: nobody has settings for it.
    private static let nobody = HardwareAddress(bits: 0x0200_0000_0000)

    /// - Parameter name: the device's; one without settings where `nil`.
    /// - Throws: `Refusal` for an address that is none, `DeviceError` for a device that is none, ``ReadingError``.
    func report(on text: String, from name: String?) async throws -> WhyReport {
        guard let destination = Endpoint(text) ?? IPAddress(text).map({ Endpoint($0, 443) }) else {
            throw Refusal(
                .badArgument,
                "\"\(text.prefix(64))\" is no address; write 192.0.2.1, 192.0.2.1:443 or [2001:db8::1]:443, and no name"
            )
        }
        var sender: (name: String, address: HardwareAddress, addresses: Set<IPAddress>)?
        if let name {
            let found = try await devices.device(called: name)
            sender = (found.device.name, found.device.address, found.addresses)
        }
        let packet = try await packet(
            to: destination, from: sender?.address ?? Self.nobody, addresses: sender?.addresses ?? [])
        let fate = try Ruleset(json: await nftables.json()).fate(
            of: packet, routing: await routingRules(for: destination.address))
        let listing = NumberedListing(try await nftables.numberedListing())
        return WhyReport(
            destination: "\(destination)", device: sender?.name, fate: word(for: fate),
            rule: Self.words(for: fate, in: listing))
    }

    private func packet(
        to destination: Endpoint, from device: HardwareAddress, addresses: Set<IPAddress>
    ) async throws -> Packet {
        let present = try NetworkInterface.all()
        let route = try await routeInterface(to: destination.address) ?? "\(configuration.uplinks[0])"
        let outside = present[route]?.addresses.filter { !$0.isLinkLocal }.map(\.address) ?? []
        return Packet(
            inputInterface: "\(configuration.lan.interface)", outputInterface: route, device: device,
            source: source(for: destination.address, among: addresses), destination: destination,
            localAddresses: Set(present.values.flatMap { $0.addresses.map(\.address) }),
            outsideAddress: outside.sorted().first { $0.isOfFamily(of: destination.address) })
    }

    /// An address of the device that lies in the LAN, or one that the LAN could have given it.
    private func source(for destination: IPAddress, among addresses: Set<IPAddress>) -> IPAddress {
        let lan = [configuration.lan.ipv4, configuration.lan.ipv6].first { $0.address.isOfFamily(of: destination) }!
        return addresses.sorted().first(where: lan.contains) ?? lan.exampleOfDevice
    }

    /// `nil` where no route leads there.
    private func routeInterface(to address: IPAddress) async throws -> String? {
        struct Route: Decodable {
            let dev: String?
        }
        let outcome = try await Command("ip", ["-json", "route", "get", "\(address)"]).outcome(limit: .seconds(5))
        guard outcome.status == 0 else { return nil }
        return try JSONDecoder().decode([Route].self, from: Data(outcome.output.utf8)).first?.dev
    }

    private func routingRules(for address: IPAddress) async throws -> RoutingRules {
        let family =
            switch address {
            case .v4: "-4"
            case .v6: "-6"
            }
        return try RoutingRules(json: await Command("ip", ["-json", family, "rule"]).run(limit: .seconds(5)))
    }

    private func word(for fate: Fate) -> WhyReport.Fate {
        switch fate.end {
        case .arrives:
            fate.turnedBy != nil && fate.destination.port == configuration.tor.transportPort
                ? .carried : .answeredByBox
        case .leaves: .passed
        case .rejected: .refused
        case .dropped: .dropped
        }
    }

    private static func words(for fate: Fate, in listing: NumberedListing) -> String {
        let decided =
            switch fate.decidedBy {
            case .chain(let place): words(for: place, in: listing)
            case .routing(let rule): "\(rule)"
            }
        guard let assumed = fate.assumedBy else { return decided }
        return "\(decided), as long as there is room by \(words(for: assumed, in: listing))"
    }

    private static func words(for place: RulePlace, in listing: NumberedListing) -> String {
        listing.rule(at: place).map { "chain \(place.chain): \($0)" } ?? "\(place)"
    }
}

extension IPAddress {
    fileprivate func isOfFamily(of other: IPAddress) -> Bool {
        switch (self, other) {
        case (.v4, .v4), (.v6, .v6): true
        case (.v4, .v6), (.v6, .v4): false
        }
    }
}

extension Network {
    /// One of the first addresses that is not the box's own.
    fileprivate var exampleOfDevice: IPAddress {
        let candidates: [IPAddress] =
            switch base {
            case .v4(let base): [2, 3].map { .v4(IPv4Address(bits: base.bits + $0)) }
            case .v6(let base): [2, 3].map { .v6(IPv6Address(bits: base.bits + $0)) }
            }
        return candidates.first { $0 != address }!
    }
}
