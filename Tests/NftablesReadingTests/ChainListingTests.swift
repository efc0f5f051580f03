import NftablesReading
import Testing

@Suite("A ruleset to be read by people")
struct ChainListingTests {
    @Test("Chains come with their rules in order, and sets are no chains")
    func reads() throws {
        let listing = ChainListing(
            """
            table netdev torbox {
            \tset doors4 {
            \t\ttype ipv4_addr . inet_service
            \t\tflags interval
            \t\telements = { 192.0.2.1 . 443,
            \t\t\t     192.0.2.2 . 443 }
            \t}

            \tchain leaving {
            \t\tip6 nexthdr != { tcp, udp } drop
            \t\tether type arp accept
            \t}

            \tchain uplink_1 {
            \t\ttype filter hook egress device "wan0" priority filter; policy drop;
            \t\tjump leaving
            \t}
            }
            table inet torbox {
            \tchain empty {
            \t}
            }
            """)
        #expect(listing.chains.map(\.name) == ["leaving", "uplink_1", "empty"])
        #expect(listing.chains.map(\.family) == ["netdev", "netdev", "inet"])
        #expect(listing.chains[0].rules == ["ip6 nexthdr != { tcp, udp } drop", "ether type arp accept"])
        #expect(listing.chains[0].hook == nil)
        #expect(listing.chains[1].hook == "type filter hook egress device \"wan0\" priority filter; policy drop;")
        #expect(listing.chains[1].rules == ["jump leaving"] && listing.chains[2].rules == [])
    }

    @Test("Nothing, or rubbish, has no chains", arguments: ["", "}", "chain x {\n}\n", "table a\n type b"])
    func nothing(text: String) {
        #expect(ChainListing(text).chains.isEmpty)
    }
}
