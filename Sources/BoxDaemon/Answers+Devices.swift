import BoxAPI
import BoxConfiguration
import BoxDevices
import Logging
import NetAddress

extension Answers {
    func deviceReports() async -> [DeviceReport] {
        let uses = await uses()
        return await devices.devices().map { DeviceReport($0.device, at: $0.addresses, use: uses($0.device.address)) }
    }

    /// What a device used, each time `nil` where the kernel holds no ruleset: that is no reason to hide the devices.
    private func uses() async -> (HardwareAddress) -> DeviceReport.Use? {
        do {
            let (use, guards) = (try await DeviceUse.now(nftables), try await GuardsOpened.now(nftables))
            let rates = await devices.rates
            let guardsPerDay = configuration.ownTor.guardsPerDeviceAndDay
            return { device in
                DeviceReport.Use(
                    sentBytes: use.sent[device] ?? 0, receivedBytes: use.received[device] ?? 0,
                    now: rates[device],
                    guardsOpened: guards.byDevice[device] ?? 0, guardsPerDay: guardsPerDay)
            }
        } catch {
            log.error("devices: their counts cannot be read: \(error)")
            return { _ in nil }
        }
    }
}

extension DeviceReport {
    /// - Parameter addresses: `nil` where the device is not here.
    fileprivate init(_ device: Device, at addresses: Set<IPAddress>?, use: Use?) {
        self.init(
            name: device.name, hardwareAddress: device.address.revealed, isConnected: addresses != nil,
            addresses: (addresses ?? []).sorted().map(\.description), firstSeen: "\(device.firstSeen)",
            lastSeen: "\(device.lastSeen)", ownTor: device.ownTor, isBlocked: device.isBlocked, use: use)
    }
}
