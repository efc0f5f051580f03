import BoxConfiguration
import BoxRendering
import HostSystem
import Logging
import Synchronization

/// The box's services as it wants them: their files rendered and checked, kept running, told what changes.
final class Services: Sendable {
    private let configuration: Configuration
    private let paths: ServicePaths
    let manager: any ServiceManager
    private let files: ServiceFiles
    private let log: Logger
    /// Whether the LAN is told the time; `nil` until somebody has decided, which leaves it as an earlier torboxd did.
    private let servesTime = Mutex<Bool?>(nil)

    init(configuration: Configuration, paths: ServicePaths, manager: any ServiceManager, log: Logger) {
        self.configuration = configuration
        self.paths = paths
        self.manager = manager
        files = ServiceFiles(configuration: configuration, paths: paths, manager: manager)
        self.log = log
    }

    /// Writes what the configuration makes of the services' files; a service that ran with an older file is ended, to
    /// be started with the new one.
    ///
    /// - Throws: ``HostError`` with the checker's words; the file in use is untouched then.
    func prepare() async throws {
        try makeFolders()
        try await manager.arrange(NetworkFiles(configuration))
        // Kept as an earlier torboxd left it: it may be carrying the clients still.
        if try DurableFile(paths.dnsmasqUpstream).textIfThere() == nil {
            try DurableFile(paths.dnsmasqUpstream).replace(with: ResolverUpstream.none.text)
        }
        // Its unit needs the file, and it must not ask others until the uplink's are known.
        if try DurableFile(paths.snowflakeResolvers).textIfThere() == nil {
            try DurableFile(paths.snowflakeResolvers).replace(with: UplinkResolvers.text([]))
        }
        if !configuration.usesSnowflake { try await manager.stop(.snowflake) }
        for service in BoxService.allCases where try files.isNew(service) {
            try await files.check(service)
            log.info("\(service.rawValue): its configuration is new")
            // Before its file is new: whoever is killed in between would take it for one that runs with that.
            try await manager.stop(service)
            try files.write(service)
        }
    }

    /// Looks every second whether all services run that should, until the task is cancelled; a failure is said once.
    func keepRunning() async {
        var said: [BoxService: String] = [:]
        repeat {
            for service in BoxService.allCases {
                do {
                    try await settle(service)
                    said[service] = nil
                } catch is CancellationError {
                    return
                } catch {
                    let words = "\(error)"
                    if said.updateValue(words, forKey: service) != words { log.error("\(service.rawValue): \(words)") }
                }
            }
        } while (try? await Task.sleep(for: .seconds(1))) != nil
    }

    /// Begins or ceases to tell the LAN the time.
    func serveTime(_ serves: Bool) async throws {
        servesTime.withLock { $0 = serves }
        try await settle(.chrony)
    }

    /// Tells the resolver whom to ask from now on; nothing happens where it knows already.
    func resolve(through upstream: ResolverUpstream) async throws {
        guard try DurableFile(paths.dnsmasqUpstream).textIfThere() != upstream.text else { return }
        try DurableFile(paths.dnsmasqUpstream).replace(with: upstream.text)
        try await manager.reload(.dnsmasq)
    }

    /// Ends all services, for a box that shuts down.
    func stop() async {
        for service in BoxService.allCases {
            do {
                try await manager.stop(service)
            } catch {
                log.error("\(service.rawValue): \(error)")
            }
        }
    }

    /// Has a service run, or not, as it should now.
    private func settle(_ service: BoxService) async throws {
        if service == .snowflake, configuration.usesSnowflake { try await tellResolvers() }
        switch isWanted(service) {
        case true?: try await manager.keepRunning(service)
        case false?: try await manager.stop(service)
        case nil: break
        }
    }

    /// Has snowflake's program ask whom the uplink names now; it is started anew with others.
    private func tellResolvers() async throws {
        guard let resolvers = try manager.uplinkResolvers(configuration.uplinks), !resolvers.isEmpty else { return }
        let text = UplinkResolvers.text(resolvers)
        guard try DurableFile(paths.snowflakeResolvers).textIfThere() != text else { return }
        try DurableFile(paths.snowflakeResolvers).replace(with: text)
        try await manager.stop(.snowflake)
    }

    private func isWanted(_ service: BoxService) -> Bool? {
        switch service {
        case .tor, .dnsmasq, .web: true
        case .chrony: servesTime.withLock { $0 }
        // Ended once, in `prepare`, where it is not.
        case .snowflake: configuration.usesSnowflake ? true : nil
        }
    }

    private func makeFolders() throws {
        let tor = try UserAccount(named: configuration.tor.user)
        try Folder(paths.runtimeDirectory).make()
        try Folder(paths.torDirectory).make(mode: 0o700, owner: tor)
        try Folder(paths.torDataDirectory).make(mode: 0o700, owner: tor)
        try Folder(paths.dnsmasqDirectory).make(mode: 0o700, owner: UserAccount(named: "dnsmasq"))
        try Folder(paths.chronyDirectory).make(mode: 0o700, owner: UserAccount(named: Command.chronyUser))
        do {
            try Folder(paths.webDirectory).make(mode: 0o700, owner: UserAccount(named: Command.webUser))
        } catch {
            // The box does its work without them.
            log.error("pages: \(error)")
        }
    }
}
