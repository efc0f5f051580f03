import ArgumentParser
import BoxAPI

public struct RefusedCommand: AsyncParsableCommand {
    public static let configuration = CommandConfiguration(
        commandName: "refused",
        abstract: "Say what was refused in the last half hour, by kind.",
        discussion: "It is kept in memory only. The destinations are kept only with pages.refused-places = true.")

    @Argument(help: "The device's name, or its hardware address; all devices unless given.")
    var device: String?

    @OptionGroup var asking: Asking

    public init() {}

    public func run() async throws {
        guard case .refusals(let reports) = try await asking.ask(.refused(device: device)) else {
            throw asking.unexpected()
        }
        let nothing = "nothing was refused in the last half hour"
        try asking.print(reports, reports.isEmpty ? nothing : reports.map(\.words).joined(separator: "\n"))
    }
}

extension RefusalsReport {
    var words: String {
        guard !entries.isEmpty else { return "\(device): nothing was refused in the last half hour" }
        let lines = entries.map { "  \($0.kind.words): \($0.count) packets, the last \($0.lastSecondsAgo) s ago" }
        let places = destinations.isEmpty ? [] : ["  the latest destinations: \(destinations.joined(separator: " "))"]
        return (["\(device):"] + lines + places).joined(separator: "\n")
    }
}

extension RefusalsReport.Kind {
    var words: String {
        switch self {
        case .quic: "QUIC (UDP 443), which browsers do without"
        case .callOrGame: "a call, a game or another program over UDP"
        case .vpn: "a VPN"
        case .ping: "ping"
        case .privateNetwork: "a private address, such as a printer's behind the uplink"
        case .otherUDP: "another service over UDP"
        case .connection: "a TCP connection, while nothing was carried or for a blocked device"
        case .otherProtocol: "a protocol that is neither TCP nor UDP"
        }
    }
}
