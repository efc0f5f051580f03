import HostSystem
import Testing

@testable import BoxLab

struct LabHostTests {
    @Test("A host is named with and without its prefix", arguments: LabHost.allCases)
    func names(host: LabHost) {
        #expect(LabHost(argument: host.rawValue) == host)
        #expect(LabHost(argument: "tbx-\(host.rawValue)") == host)
    }

    @Test("Nothing else is a host", arguments: ["", "tbx-", "client3", "tbx-tbx-box", "Box"])
    func strangers(name: String) {
        #expect(LabHost(argument: name) == nil)
    }

    @Test("A host's command runs in its namespace and dies with the lab")
    func command() {
        #expect(
            "\(LabHost.client1.command(Command("curl", ["-s"])))"
                == "setpriv --pdeathsig KILL ip netns exec tbx-client1 curl -s")
    }

    @Test("The box is left with both devices down and forwarding off")
    func boxIsClosed() {
        let lines = Topology.links(of: .box)
        #expect(!lines.contains { $0.contains("wan0 up") || $0.contains("lan0 up") && !$0.contains("master lan0 up") })
        #expect(Topology.parameters(of: .box).contains("net.ipv4.ip_forward=0"))
    }
}
