import FoundationEssentials
import HostSystem
import NetAddress

/// An interface of one of the lab's hosts, as ip(8) tells it.
struct Interface: Sendable {
    let name: String
    let hardwareAddress: HardwareAddress
    let networks: [Network]

    private struct Answer: Decodable {
        struct Address: Decodable {
            var local: String
            var prefixlen: Int
        }

        var address: String
        var addresses: [Address]

        enum CodingKeys: String, CodingKey {
            case address
            case addresses = "addr_info"
        }
    }

    static func read(_ name: String, on host: LabHost) async throws -> Interface {
        let text = try await host.run("ip", ["-json", "address", "show", "dev", name])
        guard let answer = try JSONDecoder().decode([Answer].self, from: Data(text.utf8)).first,
            let hardwareAddress = HardwareAddress(answer.address)
        else { throw LabError(.check, "\(host.namespace): no interface \(name)") }
        let networks = answer.addresses.compactMap { info in
            IPAddress(info.local).flatMap { Network($0, prefixLength: info.prefixlen) }
        }
        return Interface(name: name, hardwareAddress: hardwareAddress, networks: networks)
    }

    /// The interface once it has addresses of both families: the box opens with one, and the other may come later.
    static func addressed(_ name: String, on host: LabHost) async throws -> Interface {
        var interface = try await read(name, on: host)
        try await wait(upTo: .seconds(30), for: "\(host.namespace): addresses of both families on \(name)") {
            interface = try await read(name, on: host)
            return interface.hasBothFamilies
        }
        return interface
    }

    private var hasBothFamilies: Bool {
        let addresses = networks.filter { !$0.isLinkLocal }.map(\.address)
        return addresses.contains { if case .v4 = $0 { true } else { false } }
            && addresses.contains { if case .v6 = $0 { true } else { false } }
    }

    var ipv4: IPv4Address {
        get throws {
            for case .v4(let address) in networks.map(\.address) { return address }
            throw LabError(.check, "\(name): no IPv4 address")
        }
    }

    var ipv6: IPv6Address {
        get throws { try ipv6(linkLocal: false) }
    }

    var linkLocal: IPv6Address {
        get throws { try ipv6(linkLocal: true) }
    }

    private func ipv6(linkLocal: Bool) throws -> IPv6Address {
        for network in networks where network.isLinkLocal == linkLocal {
            if case .v6(let address) = network.address { return address }
        }
        throw LabError(.check, "\(name): no \(linkLocal ? "link-local" : "routable") IPv6 address")
    }
}
