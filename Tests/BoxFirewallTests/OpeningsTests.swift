import BoxModel
import NetAddress
import Nftables
import Testing

@testable import BoxFirewall

@Suite("Openings as sets")
struct OpeningsTests {
    private let lan = InterfaceName("lan0")!
    private let uplinks = [InterfaceName("wan0")!, InterfaceName("wan1")!]

    @Test("The closed box is the empty content of every set")
    func closes() {
        let sets = Openings.closed.sets(lan: lan, uplinks: uplinks)
        #expect(sets.map(\.set) == AirlockSet.allCases.map(\.rawValue))
        #expect(sets.allSatisfy { $0.elements.isEmpty })
    }

    @Test("Doors go into the set of their family")
    func splitsFamilies() {
        let openings = Openings(doors: [Endpoint("198.51.100.11:9001")!, Endpoint("[2001:db8:51::11]:443")!])
        let sets = openings.sets(lan: lan, uplinks: uplinks)
        #expect(sets[0] == SetContent("netdev torbox doors4", [.endpoint(Endpoint("198.51.100.11:9001")!)]))
        #expect(sets[1] == SetContent("netdev torbox doors6", [.endpoint(Endpoint("[2001:db8:51::11]:443")!)]))
        #expect(sets[2...].allSatisfy { $0.elements.isEmpty })
    }

    @Test("Where the time is asked goes into the sets of its family, and of the last layer alone")
    func splitsClockDoors() {
        let openings = Openings(clockDoors: [Endpoint("198.51.100.11:9001")!, Endpoint("[2001:db8:51::11]:443")!])
        let filled = openings.sets(lan: lan, uplinks: uplinks).filter { !$0.elements.isEmpty }
        #expect(
            filled == [
                SetContent("netdev torbox clock_doors4", [.endpoint(Endpoint("198.51.100.11:9001")!)]),
                SetContent("netdev torbox clock_doors6", [.endpoint(Endpoint("[2001:db8:51::11]:443")!)]),
            ])
    }

    @Test("Guards go into the sets of both layers, alike")
    func repeatsGuards() {
        let openings = Openings(guards: [Endpoint("198.51.100.11:9001")!, Endpoint("[2001:db8:51::11]:443")!])
        let filled = openings.sets(lan: lan, uplinks: uplinks).filter { !$0.elements.isEmpty }
        #expect(
            filled == [
                SetContent("netdev torbox guards4", [.endpoint(Endpoint("198.51.100.11:9001")!)]),
                SetContent("netdev torbox guards6", [.endpoint(Endpoint("[2001:db8:51::11]:443")!)]),
                SetContent("inet torbox guards4", [.endpoint(Endpoint("198.51.100.11:9001")!)]),
                SetContent("inet torbox guards6", [.endpoint(Endpoint("[2001:db8:51::11]:443")!)]),
            ])
    }

    @Test("Devices go by their hardware addresses, or all by the LAN's name")
    func namesDevices() {
        let one = HardwareAddress("02:00:00:00:00:01")!
        let other = HardwareAddress("02:00:00:00:00:02")!
        let chosen = Openings(ownTor: .of([one]), blocked: [other]).sets(lan: lan, uplinks: uplinks).filter {
            !$0.elements.isEmpty
        }
        #expect(
            chosen == [
                SetContent("inet torbox own_tor", [.hardware(one)]),
                SetContent("inet torbox blocked", [.hardware(other)]),
            ])
        let all = Openings(ownTor: .ofEveryDevice).sets(lan: lan, uplinks: uplinks).filter { !$0.elements.isEmpty }
        #expect(all == [SetContent("inet torbox passed", [.interface("lan0")])])
    }

    @Test("A tracked connection goes where its first packet went")
    func readsFlows() {
        let line = """
            tcp      6 431999 ESTABLISHED src=10.84.0.11 dst=198.51.100.11 sport=40000 dport=9001 src=198.51.100.11 \
            dst=192.168.1.2 sport=9001 dport=40000 [ASSURED] mark=0 use=1
            """
        #expect(Flows.destination(line[...]) == Endpoint("198.51.100.11:9001"))
        #expect(Flows.destination("conntrack v1.4.7 (conntrack-tools)") == nil)
    }

    @Test("The LAN is carried by its name")
    func carries() {
        let filled = Openings(carriesLAN: true).sets(lan: lan, uplinks: uplinks).filter { !$0.elements.isEmpty }
        #expect(filled == [SetContent("inet torbox carried", [.interface("lan0")])])
    }

    @Test("Where it is noted to whom things went, what was noted stays; otherwise it is emptied with the same step")
    func notesPlaces() {
        let noting = Openings(notesPlaces: true).sets(lan: lan, uplinks: uplinks)
        #expect(noting.filter { !$0.elements.isEmpty } == [SetContent("inet torbox places", [.interface("lan0")])])
        let notes = ["inet torbox refused_to4", "inet torbox refused_to6"]
        #expect(!noting.map(\.set).contains(where: notes.contains))
        #expect(Openings(carriesLAN: true).sets(lan: lan, uplinks: uplinks).map(\.set).filter(notes.contains) == notes)
    }

    @Test("Snowflake's program goes by every uplink, or by none")
    func goesBeyond() {
        let filled = Openings(snowflake: true).sets(lan: lan, uplinks: uplinks).filter { !$0.elements.isEmpty }
        #expect(filled == [SetContent("netdev torbox beyond", [.interface("wan0"), .interface("wan1")])])
    }
}
