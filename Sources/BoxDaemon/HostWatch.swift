import BoxConfiguration
import BoxFirewall
import BoxModel
import BoxSupervisor
import HostSystem
import Logging
import NetAddress

/// Looks at the airlock, the uplinks and the clock whenever an interface changes, and every few seconds besides.
struct HostWatch: Sendable {
    let uplinks: [InterfaceName]
    let firewall: Firewall
    let inbox: Inbox
    let log: Logger

    private enum Reason {
        case interfaceChanged
        case timePassed
    }

    /// Runs until the task is cancelled.
    func run() async throws {
        // One reader takes both kinds of reasons, so that an older look never overtakes a newer one.
        let (reasons, continuation) = AsyncStream.makeStream(of: Reason.self, bufferingPolicy: .bufferingNewest(1))
        let doorbell = try InterfaceDoorbell()
        await withTaskGroup { group in
            group.addTask {
                for await _ in doorbell.rings { continuation.yield(.interfaceChanged) }
            }
            group.addTask {
                // Something else than an interface may have touched the ruleset or the clock.
                while !Task.isCancelled {
                    continuation.yield(.timePassed)
                    guard (try? await Task.sleep(for: .seconds(3))) != nil else { return }
                }
            }
            for await _ in reasons { await look() }
            group.cancelAll()
        }
    }

    private func look() async {
        await inbox.send(.airlock(airlock()))
        inbox.send(.clock(isTrusted: WallClock.isAfterRelease))
        do {
            inbox.send(.uplink(try uplinkAddresses()))
        } catch {
            log.error("uplink: \(error)")
            inbox.send(.uplink([]))
        }
    }

    private func airlock() async -> Airlock {
        do {
            try await firewall.verify()
            return .held
        } catch {
            return .broken("\(error)")
        }
    }

    /// Link-local addresses lead nowhere beyond the cable, so they do not count.
    private func uplinkAddresses() throws -> Set<Network> {
        let present = try NetworkInterface.all()
        return uplinks.reduce(into: []) { addresses, uplink in
            guard let interface = present["\(uplink)"], interface.isUp else { return }
            addresses.formUnion(interface.addresses.filter { !$0.isLinkLocal })
        }
    }
}
