import BoxAPI
import NetAddress
import Nftables
import NftablesReading

/// How much each device used the box, in bytes of IP packets, as the kernel counts it; never written down.
///
/// The sums begin when the ruleset is loaded, and anew after a day of silence.
struct DeviceUse: Sendable, Hashable {
    private(set) var sent: [HardwareAddress: Int] = [:]
    /// By the addresses that a device has sent from; one that changed hands counts for its newest holder.
    private(set) var received: [HardwareAddress: Int] = [:]

    /// Asks the kernel.
    static func now(_ nftables: Nftables) async throws -> DeviceUse {
        DeviceUse(
            sent: try await nftables.elements(of: "sent4") + nftables.elements(of: "sent6"),
            received: try await nftables.elements(of: "received4") + nftables.elements(of: "received6"))
    }

    /// How fast each device sent and received meanwhile; 0 where the kernel began to count anew.
    func rates(since older: DeviceUse, over time: Duration) -> [HardwareAddress: Rate] {
        func rate(_ sums: KeyPath<DeviceUse, [HardwareAddress: Int]>, _ device: HardwareAddress) -> Int {
            let growth = (self[keyPath: sums][device] ?? 0) - (older[keyPath: sums][device] ?? 0)
            return Int(Double(max(0, growth)) / (time / .seconds(1)))
        }
        let devices = Set(sent.keys).union(received.keys)
        return Dictionary(
            uniqueKeysWithValues: devices.map { device in
                (device, Rate(received: rate(\.received, device), sent: rate(\.sent, device)))
            })
    }

    init(sent: [SetListing.Element], received: [SetListing.Element]) {
        var holders: [String: (device: HardwareAddress, expires: Int)] = [:]
        for element in sent where element.parts.count == 2 {
            guard let device = HardwareAddress(element.parts[0]) else { continue }
            self.sent[device, default: 0] += element.bytes
            if element.expires >= holders[element.parts[1]]?.expires ?? 0 {
                holders[element.parts[1]] = (device, element.expires)
            }
        }
        for element in received {
            guard let device = element.parts.first.flatMap({ holders[$0]?.device }) else { continue }
            self.received[device, default: 0] += element.bytes
        }
    }
}
