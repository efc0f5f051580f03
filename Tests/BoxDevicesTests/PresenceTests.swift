import BoxDevices
import NetAddress
import Testing

private let device = HardwareAddress("02:00:00:00:00:01")!

private func entry(_ address: String, _ state: String, hardware: String = "02:00:00:00:00:01", confirmed: Int = 5)
    -> String
{
    """
    {"dst":"\(address)","lladdr":"\(hardware)","used":9,"confirmed":\(confirmed),"updated":\(confirmed),\
    "state":["\(state)"]}
    """
}

@Suite("Who is on the LAN")
struct PresenceTests {
    @Test("A device that answers is there with all its addresses, its lease's too")
    func finds() throws {
        let presence = try Presence(
            leases:
                "2000 02:00:00:00:00:01 10.84.0.60 phone-of-anna 01:02:00:00:00:00:01\n0 02:00:00:00:00:02 10.84.0.61 * *\n",
            neighbours: "[\(entry("10.84.0.50", "REACHABLE")),\(entry("fd84::1", "STALE"))]", now: 1000)
        #expect(presence.addresses == [device: Set(["10.84.0.50", "fd84::1", "10.84.0.60"].map { IPAddress($0)! })])
    }

    @Test(
        "Who does not answer, or is nobody, is not there",
        arguments: [
            entry("10.84.0.50", "FAILED"), entry("10.84.0.50", "INCOMPLETE"),
            entry("10.84.0.50", "STALE", confirmed: 9999),
            entry("10.84.0.50", "REACHABLE", hardware: "ff:ff:ff:ff:ff:ff"),
            entry("10.84.0.50", "REACHABLE", hardware: "00:00:00:00:00:00"),
            entry("10.84.0.50", "REACHABLE", hardware: "rubbish"), entry("anna", "REACHABLE"), "{}",
        ])
    func passesOver(neighbour: String) throws {
        #expect(try Presence(leases: "", neighbours: "[\(neighbour)]", now: 0).addresses.isEmpty)
    }

    @Test(
        "A line that is no lease gives nobody an address",
        arguments: [
            "", "x", "duid 00:01:00:01", "999 02:00:00:00:00:01 10.84.0.60 * *", "-5 02:00:00:00:00:01 10.84.0.60 * *",
            "2000 02:00:00:00:00:01 fd84::60 * *", "2000 02:00:00:00:00:01 10.84.0.60", "2000 06-02:00 10.84.0.60 * *",
            String(repeating: "a ", count: 5000),
        ])
    func rejects(line: String) throws {
        let presence = try Presence(
            leases: line + "\n", neighbours: "[\(entry("10.84.0.50", "REACHABLE"))]", now: 1000)
        #expect(presence.addresses == [device: [IPAddress("10.84.0.50")!]])
    }

    @Test("An empty table is nobody; what is no table is said")
    func tables() throws {
        #expect(try Presence(leases: "", neighbours: "", now: 0).addresses.isEmpty)
        #expect(try Presence(leases: "", neighbours: "[]", now: 0).addresses.isEmpty)
        #expect(throws: DeviceError.self) { try Presence(leases: "", neighbours: "[1,", now: 0) }
    }
}
