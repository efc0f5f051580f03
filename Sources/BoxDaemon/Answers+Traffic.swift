import BoxAPI
import BoxConfiguration
import BoxDevices

extension Answers {
    /// - Parameter name: the device's; all that were refused something where `nil`.
    /// - Throws: `DeviceError` for a device that is none.
    func refusals(of name: String?) async throws -> [RefusalsReport] {
        let refused = try await RefusedPackets.now(nftables, withPlaces: configuration.pages.notesPlaces)
        if let name {
            let device = try await devices.device(called: name).device
            return [refused.report(on: device.address, called: device.name)]
        }
        return await devices.devices().compactMap { known in
            refused.byDevice[known.device.address] == nil
                ? nil : refused.report(on: known.device.address, called: known.device.name)
        }
    }
}
