import BoxAPI
import BoxDevices

extension Answers {
    /// - Parameter name: the device's; all that were refused something where `nil`.
    /// - Throws: `DeviceError` for a device that is none.
    func refusals(of name: String?) async throws -> [RefusalsReport] {
        let refused = try await RefusedPackets.now(nftables)
        if let name {
            let device = try await devices.device(called: name).device
            return [RefusalsReport(device: device.name, entries: refused.byDevice[device.address] ?? [])]
        }
        return await devices.devices().compactMap { known in
            refused.byDevice[known.device.address].map { RefusalsReport(device: known.device.name, entries: $0) }
        }
    }
}
