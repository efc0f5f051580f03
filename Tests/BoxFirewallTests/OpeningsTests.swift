import BoxModel
import NetAddress
import Nftables
import Testing

@testable import BoxFirewall

@Suite("Openings as sets")
struct OpeningsTests {
    private let lan = InterfaceName("lan0")!

    @Test("The closed box is the empty content of every set")
    func closes() {
        let sets = Openings.closed.sets(lan: lan)
        #expect(sets.map(\.set) == AirlockSet.allCases.map(\.rawValue))
        #expect(sets.allSatisfy { $0.elements.isEmpty })
    }

    @Test("Doors go into the set of their family")
    func splitsFamilies() {
        let openings = Openings(doors: [Endpoint("198.51.100.11:9001")!, Endpoint("[2001:db8:51::11]:443")!])
        let sets = openings.sets(lan: lan)
        #expect(sets[0] == SetContent("netdev torbox doors4", ["198.51.100.11 . 9001"]))
        #expect(sets[1] == SetContent("netdev torbox doors6", ["2001:db8:51::11 . 443"]))
        #expect(sets[2].elements.isEmpty)
    }

    @Test("The LAN is carried by its name")
    func carries() {
        #expect(Openings(carriesLAN: true).sets(lan: lan)[2].elements == ["\"lan0\""])
    }
}
