import BoxCommand
import BoxConfiguration
import BoxModel
import Testing

@Suite("What setup is about to do")
struct SetupPlanTests {
    private let wan = InterfaceName("enp1s0")!
    private let lan = InterfaceName("enp2s0")!

    @Test(
        "It writes a configuration that torboxd takes, with the site's own network",
        arguments: [
            ("84a1b2c3d4", "fd84:a1b2:c3d4::1/64"), ("0000000000", "fd00::1/64"), ("00ff00000a", "fd00:ff00:a::1/64"),
        ])
    func configuration(site: String, network: String) throws {
        let plan = try #require(SetupPlan(uplink: wan, lan: lan, site: site))
        let configuration = try Configuration.reading(bytes: Array(plan.configuration.utf8), file: "torbox.toml")
        #expect(configuration.uplinks == [wan])
        #expect(configuration.lan.interface == lan)
        #expect("\(configuration.lan.ipv6)" == network)
    }

    @Test("A port for the owner's computer is served with the pages")
    func admin() throws {
        let plan = try #require(SetupPlan(uplink: wan, lan: lan, admin: InterfaceName("usb0"), site: "84a1b2c3d4"))
        let configuration = try Configuration.reading(bytes: Array(plan.configuration.utf8), file: "torbox.toml")
        #expect(configuration.pages.admin?.interface == InterfaceName("usb0"))
    }

    @Test("One interface cannot be two things")
    func sameInterface() {
        #expect(SetupPlan(uplink: wan, lan: wan, site: "84a1b2c3d4") == nil)
        #expect(SetupPlan(uplink: wan, lan: lan, admin: wan, site: "84a1b2c3d4") == nil)
        #expect(SetupPlan(uplink: wan, lan: lan, admin: lan, site: "84a1b2c3d4") == nil)
    }

    @Test("A site is drawn in ten digits, and not the same one twice")
    func site() {
        let drawn = (0..<50).map { _ in SetupPlan.drawSite() }
        #expect(drawn.allSatisfy { $0.wholeMatch(of: /[0-9a-f]{10}/) != nil })
        #expect(Set(drawn).count == drawn.count)
    }
}
