import BoxAPI
import BoxDevices
import BoxModel
import BoxTime
import Glibc
import HostSystem
import Logging
import NetAddress

/// Keeps the registry of devices: notes who is on the LAN, takes the owner's settings, tells whose they are.
actor DeviceWatch {
    /// Called with the devices whose own Tor may pass and with those that are blocked.
    typealias Tell = @Sendable (_ ownTor: Set<HardwareAddress>, _ blocked: Set<HardwareAddress>) -> Void

    /// Asks the kernel.
    typealias AskGuards = @Sendable () async throws -> GuardsOpened

    /// Asks the kernel.
    typealias AskUse = @Sendable () async throws -> DeviceUse

    private let file: DeviceFile
    private let leaseFile: String
    private let lan: InterfaceName
    private let log: Logger
    private let tell: Tell
    private let guardsPerDay: Int
    private let guardsOpened: AskGuards
    private let use: AskUse
    private var registry: DeviceRegistry
    private var present = Presence()
    /// Those of which it was said that they have opened all guards of their day.
    private var sated: Set<HardwareAddress> = []
    private var lastUse: (use: DeviceUse, at: ContinuousClock.Instant)?
    /// How much each device moved between the last two looks; empty before the second.
    private(set) var rates: [HardwareAddress: Rate] = [:]
    /// What became of a file that could not be read.
    private(set) var notice: String?

    /// A file that cannot be read is kept aside, and the box goes on as a new one: no device's own Tor passes by its
    /// settings, so nothing can leak. The blocks are lost, and that is said; a device escapes them by another hardware
    /// address anyhow, so a box that stands still for them would protect nobody.
    init(
        file: DeviceFile, leaseFile: String, lan: InterfaceName, guardsPerDay: Int, log: Logger,
        guardsOpened: @escaping AskGuards, use: @escaping AskUse, tell: @escaping Tell
    ) {
        self.file = file
        self.leaseFile = leaseFile
        self.lan = lan
        self.guardsPerDay = guardsPerDay
        self.guardsOpened = guardsOpened
        self.use = use
        self.log = log
        self.tell = tell
        do {
            registry = try file.read()
        } catch {
            registry = DeviceRegistry()
            notice = "the settings of all devices are lost, name, own Tor and block anew (\(error))"
            log.error("devices: their settings are lost: \(error); the file is kept as \(file.asidePath)")
            do {
                try file.setAside()
            } catch {
                log.error("devices: \(error)")
            }
        }
    }

    /// Tells what is known, then looks who is there until the task is cancelled.
    func run() async {
        tell(registry.ownTor, registry.blocked)
        var said: String?
        repeat {
            do {
                try await look()
                try await noteUse()
                try await noteGuards()
                said = nil
            } catch is CancellationError {
                return
            } catch {
                if said != "\(error)" { log.error("devices: \(error)") }
                said = "\(error)"
            }
        } while (try? await Task.sleep(for: .seconds(15))) != nil
    }

    /// All devices that are remembered, with the addresses of those that are here.
    func devices() -> [(device: Device, addresses: Set<IPAddress>?)] {
        registry.devices.map { ($0, present.addresses[$0.address]) }
    }

    /// - Throws: `DeviceError` of kind `.noSuchDevice`.
    func device(called name: String) throws -> (device: Device, addresses: Set<IPAddress>) {
        let device = try registry.device(called: name)
        return (device, present.addresses[device.address] ?? [])
    }

    /// Takes one setting of the owner: on disk first, then told.
    ///
    /// - Throws: `DeviceError` or `HostError`; nothing was changed then.
    func change(
        _ name: String, by setting: @Sendable (inout DeviceRegistry, Device) throws -> Void
    ) throws {
        var changed = registry
        try setting(&changed, try registry.device(called: name))
        try keep(changed)
        tell(registry.ownTor, registry.blocked)
    }

    private func look() async throws {
        let now = time(nil)
        present = try await Presence.now(leaseFile: leaseFile, interface: "\(lan)", time: now)
        var seen = registry
        // A clock that was never set says nothing of the day.
        seen.see(Set(present.addresses.keys), on: Day(secondsSince1970: max(now, Int(Release.time))))
        try keep(seen)
    }

    func noteUse(at now: ContinuousClock.Instant = .now) async throws {
        do {
            let use = try await use()
            if let lastUse, now > lastUse.at { rates = use.rates(since: lastUse.use, over: now - lastUse.at) }
            lastUse = (use, now)
        } catch {
            // What was measured before is not now.
            (rates, lastUse) = ([:], nil)
            throw error
        }
    }

    /// Says it once on each device's day, by its name and without a destination.
    func noteGuards() async throws {
        let opened = try await guardsOpened().byDevice
        let sated = Set(opened.filter { $0.value >= guardsPerDay && registry[$0.key] != nil }.keys)
        for device in registry.devices where sated.subtracting(self.sated).contains(device.address) {
            log.warning("\(device.name): has reached its number of guards for today, \(guardsPerDay)")
        }
        self.sated = sated
    }

    private func keep(_ changed: DeviceRegistry) throws {
        guard changed != registry else { return }
        try file.write(changed)
        registry = changed
    }
}
