import ArgumentParser
import BoxAPI

public struct AirlockCommand: AsyncParsableCommand {
    public static let configuration = CommandConfiguration(
        commandName: "airlock", abstract: "List the rules on the way out, as the kernel holds them, with their meaning."
    )

    @OptionGroup var asking: Asking

    public init() {}

    public func run() async throws {
        guard case .airlock(let airlock) = try await asking.ask(.airlock) else { throw asking.unexpected() }
        try asking.print(airlock, airlock.words)
    }
}

extension AirlockReport {
    var words: String {
        guard !chains.isEmpty else { return "the kernel holds no airlock" }
        let rules = chains.flatMap { chain in
            ["\(chain.name)\(chain.hook.map { ": \($0)" } ?? "")"]
                + chain.rules.flatMap { ["  \($0.text)", "    \($0.words)"] }
        }
        return (rules + sets.map { "\($0.name): \($0.count)" }).joined(separator: "\n")
    }
}

extension AirlockReport.Rule {
    fileprivate var words: String {
        (meaning?.words ?? "this version does not know this rule") + (places.map { "; now \($0) places" } ?? "")
    }
}

extension AirlockReport.Meaning {
    fileprivate var words: String {
        switch self {
        case .asksOthers: "the rules below decide"
        case .keepsHouseAddresses: "no packet bears an address of the LAN"
        case .keepsHouseAddressesInARP: "no ARP tells of the LAN"
        case .keepsHouseAddressesAmongNeighbours: "no neighbour discovery tells of the LAN"
        case .refusesFragments: "nothing leaves in fragments"
        case .refusesOptions: "nothing leaves with IPv4 options"
        case .refusesExtensions: "nothing leaves with IPv6 extensions"
        case .letsARP: "ARP"
        case .letsDHCP: "DHCP's questions, to all"
        case .letsDHCPv6: "DHCPv6's questions, to all servers"
        case .letsNeighbourDiscovery: "IPv6 neighbour discovery"
        case .letsTor: "TCP of the box's tor to its doors"
        case .letsClockBeforeTor: "TCP of the time client before tor may connect"
        case .letsClock: "TCP of the time client to where tor may go"
        case .letsOwnTor: "TCP of the devices' own Tor to guards"
        case .letsSnowflakeNames: "with snowflake bridges, their program's questions for names"
        case .letsSnowflakeBroker: "with snowflake bridges, their program's HTTPS to the broker"
        case .letsSnowflakeVolunteers: "with snowflake bridges, their program's UDP to volunteers anywhere"
        }
    }
}
