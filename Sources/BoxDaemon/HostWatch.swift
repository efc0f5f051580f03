import BoxConfiguration
import BoxFirewall
import BoxModel
import BoxSupervisor
import BoxTime
import HostSystem
import Logging
import NetAddress

/// Looks at the airlock and the uplinks whenever an interface, a route or the ruleset changes, and every few seconds
/// besides.
struct HostWatch: Sendable {
    let uplinks: [InterfaceName]
    let firewall: Firewall
    let inbox: Inbox
    let clock: ClockInbox
    let log: Logger

    private enum Reason {
        case kernelChanged
        case timePassed
    }

    /// Runs until the task is cancelled.
    func run() async throws {
        // One reader takes both kinds of reasons, so that an older look never overtakes a newer one.
        let (reasons, continuation) = AsyncStream.makeStream(of: Reason.self, bufferingPolicy: .bufferingNewest(1))
        let doorbells = [try KernelDoorbell(.interfaces), try KernelDoorbell(.ruleset)]
        await withTaskGroup { group in
            for doorbell in doorbells {
                group.addTask {
                    for await _ in doorbell.rings { continuation.yield(.kernelChanged) }
                }
            }
            group.addTask {
                // Not everything rings.
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
        var addresses: Set<Network> = []
        do {
            addresses = try uplinkAddresses()
        } catch {
            log.error("uplink: \(error)")
        }
        inbox.send(.uplink(addresses))
        var sources: Set<IPAddress> = []
        do {
            sources = try Set(Self.farAway.compactMap(Route.source))
        } catch {
            log.error("uplink: \(error)")
        }
        inbox.send(.sources(sources))
        let own = Set(addresses.map(\.address))
        clock.send(.uplink(Set(sources.intersection(own).map(\.family))))
    }

    /// Addresses that stand for any other in the internet; nothing is sent there (RFC 5737, RFC 3849).
    private static let farAway = [IPAddress("192.0.2.1")!, IPAddress("2001:db8::1")!]

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
