import BoxAPI
import BoxRendering
import Testing

@testable import BoxDaemon

@Suite("Orders for the whole machine")
struct MachineOrderTests {
    @Test(
        "A torboxd that runs its services itself refuses them, before anything is closed",
        arguments: MachineOrder.allCases)
    func refused(order: MachineOrder) async throws {
        let paths = DaemonPaths().services
        let manager = ChildServices(
            paths: paths, user: "debian-tor", web: "/nonexistent",
            webArguments: WebArguments(try Sample.configuration(), paths: paths))
        let refusal = #expect(throws: Refusal.self) { try manager.requireMachine() }
        #expect(refusal?.kind == .notHere && refusal?.message.contains("does not run the machine") == true)
        await #expect(throws: Refusal.self) { try await manager.give(order) }
    }

    @Test(
        "systemd gets them in its own words",
        arguments: [(MachineOrder.restart, "systemctl reboot"), (.powerOff, "systemctl poweroff")])
    func systemd(order: MachineOrder, command: String) {
        #expect("\(SystemdServices.command(for: order))" == command)
    }

    @Test("An order has the box closed, and is there when it is")
    func pending() async {
        let (stops, continuation) = AsyncStream.makeStream(of: Void.self)
        let pending = PendingOrder { continuation.yield() }
        #expect(pending.taken == nil)
        pending.take(.restart)
        var iterator = stops.makeAsyncIterator()
        await iterator.next()
        #expect(pending.taken == .restart)
    }
}
