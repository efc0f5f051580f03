import BoxAPI
import BoxConfiguration
import HostSystem
import NetAddress
import NftablesReading

extension AirlockReport {
    /// What stands on the uplinks' way out, by the kernel's word.
    ///
    /// - Parameters:
    ///   - listing: as `nft --stateless list ruleset` prints it.
    ///   - ruleset: the same with what the sets hold.
    init(_ listing: ChainListing, _ ruleset: Ruleset, _ known: KnownRules) {
        // Only chains of this family see a frame last of all.
        let chains = listing.chains.filter { $0.family == "netdev" }
        func count(_ set: String) -> Int? { ruleset.endpoints(of: set)?.count }
        self.init(
            // First those that the kernel asks, then those to which they lead.
            chains: (chains.filter { $0.hook != nil } + chains.filter { $0.hook == nil }).map { chain in
                Chain(
                    name: "\(chain.family) \(chain.table) \(chain.name)", hook: chain.hook,
                    rules: chain.rules.map { text in
                        let set = text.split(separator: " ").first { $0.hasPrefix("@") && !$0.contains(",") }
                        return Rule(
                            text: text, meaning: known.meaning(of: text),
                            places: set.flatMap { count("\(chain.family) \(chain.table) \($0.dropFirst())") })
                    })
            },
            sets: ruleset.setsOfEndpoints.filter { $0.hasPrefix("netdev ") }.map { set in
                List(name: set, count: count(set) ?? 0)
            })
    }
}

/// The rules that this version's airlock has on the way out, word for word as nft 1.0.6 prints them.
///
/// A rule that differs by a letter has another meaning, so none is guessed.
struct KnownRules: Sendable {
    private let meanings: [String: AirlockReport.Meaning]

    /// - Parameters:
    ///   - tor: the kernel's number of tor's user.
    ///   - clock: the same of the time client's.
    ///   - snowflake: the same of snowflake's program.
    init(lan: Configuration.LAN, tor: UInt32, clock: UInt32, snowflake: UInt32) {
        let (lan4, lan6) = (Self.network(lan.ipv4), Self.network(lan.ipv6))
        let neighbours = "nd-router-solicit, nd-neighbor-solicit, nd-neighbor-advert"
        var meanings: [String: AirlockReport.Meaning] = [
            "jump leaving": .asksOthers,
            "ip saddr \(lan4) drop": .keepsHouseAddresses,
            "ip6 saddr \(lan6) drop": .keepsHouseAddresses,
            "arp saddr ip \(lan4) drop": .keepsHouseAddressesInARP,
            "arp daddr ip \(lan4) drop": .keepsHouseAddressesInARP,
            "ip frag-off & 49151 != 0 drop": .refusesFragments,
            "ip hdrlength != 5 drop": .refusesOptions,
            "ip6 nexthdr != { tcp, udp, ipv6-icmp } drop": .refusesExtensions,
            "ether type arp accept": .letsARP,
            "ip daddr 255.255.255.255 udp sport 68 udp dport 67 accept": .letsDHCP,
            "ip6 saddr fe80::/10 ip6 daddr ff02::1:2 udp sport 546 udp dport 547 accept": .letsDHCPv6,
            "icmpv6 type { \(neighbours) } ip6 hoplimit 255 accept": .letsNeighbourDiscovery,
        ]
        if case .v6(let base) = lan.ipv6.base {
            let start = String(base.bits >> 64, radix: 16)
            let kinds = "nd-neighbor-solicit, nd-neighbor-advert"
            meanings["icmpv6 type { \(kinds) } @th,64,64 0x\(start) drop"] = .keepsHouseAddressesAmongNeighbours
        }
        for (address, family) in [("ip daddr", "4"), ("ip6 daddr", "6")] {
            func to(_ set: String) -> String { "\(address) . tcp dport @\(set)\(family) accept" }
            meanings["meta skuid \(tor) \(to("doors"))"] = .letsTor
            meanings["meta skuid \(clock) \(to("clock_doors"))"] = .letsClockBeforeTor
            meanings["meta skuid \(clock) \(to("doors"))"] = .letsClock
            meanings["meta mark 0x00746f73 \(to("guards"))"] = .letsOwnTor
        }
        let bySnowflake = "meta skuid \(snowflake) oifname @beyond"
        meanings["\(bySnowflake) meta l4proto { tcp, udp } th dport 53 accept"] = .letsSnowflakeNames
        for places in ["ip daddr != \(Self.neverPublic)", "ip6 daddr 2000::/3"] {
            meanings["\(bySnowflake) \(places) tcp dport 443 accept"] = .letsSnowflakeBroker
            meanings["\(bySnowflake) \(places) meta l4proto udp accept"] = .letsSnowflakeVolunteers
        }
        self.meanings = meanings
    }

    func meaning(of rule: String) -> AirlockReport.Meaning? { meanings[rule] }

    private static let neverPublic = """
        { 0.0.0.0/8, 10.0.0.0/8, 100.64.0.0/10, 127.0.0.0/8, 169.254.0.0/16, 172.16.0.0/12, 192.168.0.0/16, 224.0.0.0/3 }
        """

    private static func network(_ network: Network) -> String { "\(network.base)/\(network.prefixLength)" }
}
