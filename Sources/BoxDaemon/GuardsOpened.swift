import NetAddress
import Nftables
import NftablesReading

/// How many distinct guards each device has opened on the day that began with its first.
struct GuardsOpened: Sendable, Hashable {
    private(set) var byDevice: [HardwareAddress: Int] = [:]

    /// Asks the kernel.
    static func now(_ nftables: Nftables) async throws -> GuardsOpened {
        // In this order, so that what was opened on a day outlives that day in the listings, too.
        let opened = try await nftables.elements(of: "opened4") + nftables.elements(of: "opened6")
        return GuardsOpened(opened: opened, allowances: try await nftables.elements(of: "allowances"))
    }

    /// - Parameters:
    ///   - opened: each guard with what is left of the day after which the kernel forgets it.
    ///   - allowances: each device with what is left of its own day, from which on it may open as many anew.
    init(opened: [SetListing.Element], allowances: [SetListing.Element]) {
        var days: [HardwareAddress: Int] = [:]
        for element in allowances {
            if let device = element.parts.first.flatMap({ HardwareAddress($0) }) { days[device] = element.expires }
        }
        for element in opened {
            guard let device = element.parts.first.flatMap({ HardwareAddress($0) }), let day = days[device],
                element.expires >= day
            else { continue }
            byDevice[device, default: 0] += 1
        }
    }
}

extension Nftables {
    /// What one of the sets holds that the kernel alone writes.
    func elements(of set: String) throws -> [SetListing.Element] {
        try SetListing(json: json(set: "inet torbox \(set)")).elements
    }
}
