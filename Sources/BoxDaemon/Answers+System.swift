import BoxAPI
import BoxConfiguration
import BoxModel
import HostSystem
import Nftables
import NftablesReading

extension Answers {
    func machine() throws -> MachineReport {
        let (memory, disk) = (try Machine.memory(), try Machine.disk(of: paths.state))
        return MachineReport(
            memory: .init(total: memory.total, available: memory.available),
            disk: .init(total: disk.total, available: disk.available),
            temperatures: try Machine.temperatures().map { .init(sensor: $0.sensor, celsius: $0.celsius) },
            load: try Machine.load(), processors: Machine.processors, kernel: try Machine.kernel(),
            debian: try Machine.debian(),
            uptimeSeconds: Int(try SystemClock.read().sinceStart / 1_000_000_000))
    }

    func airlock() async throws -> AirlockReport {
        let known = KnownRules(
            lan: configuration.lan, tor: try UserAccount(named: configuration.tor.user).user,
            clock: try UserAccount(named: configuration.time.user).user,
            snowflake: try UserAccount(named: Configuration.snowflakeUser).user)
        return AirlockReport(
            ChainListing(try await nftables.listing()), try Ruleset(json: await nftables.json()), known)
    }

    func order(_ order: MachineOrder) throws {
        try services.requireMachine()
        machineOrder.take(order)
    }

    func backup(_ passphrase: String) async throws -> BackupFile {
        try await Sealing(manager: services).seal(Backup(configuration.settings).text, with: passphrase)
    }

    /// The settings go the way of any others: judged whole, tried, and taken back where they do not do.
    func restore(_ text: String, _ passphrase: String) async throws {
        guard let file = BackupFile(text.utf8) else {
            throw Refusal(.badArgument, "this is no backup of a box; take the file as the box gave it")
        }
        let settings = try Backup(text: await Sealing(manager: services).open(file, with: passphrase)).settings
        try await changes.change(to: settings)
    }
}
