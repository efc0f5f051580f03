import BoxConfiguration
import BoxRendering
import HostSystem
import Logging

/// tor, dnsmasq and the pages as the box wants them: their files rendered and checked, all kept running, told what
/// changes.
struct Services: Sendable {
    let configuration: Configuration
    let paths: ServicePaths
    let manager: any ServiceManager
    let log: Logger

    /// Writes what the configuration makes of the services' files; a service that ran with an older file is ended, to
    /// be started with the new one.
    ///
    /// - Throws: ``HostError`` with the checker's words; the file in use is untouched then.
    func prepare() async throws {
        try makeFolders()
        // Kept as an earlier torboxd left it: it may be carrying the clients still.
        if try present(paths.dnsmasqUpstream) == nil {
            try DurableFile(paths.dnsmasqUpstream).replace(with: ResolverUpstream.none.text)
        }
        for service in BoxService.allCases where try await renew(service) {
            log.info("\(service.rawValue): its configuration is new")
            try await manager.stop(service)
        }
    }

    /// Looks every second whether all services run, until the task is cancelled; a failure is said once.
    func keepRunning() async {
        var said: [BoxService: String] = [:]
        repeat {
            for service in BoxService.allCases {
                do {
                    try await manager.keepRunning(service)
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

    /// Tells the resolver whom to ask from now on; nothing happens where it knows already.
    func resolve(through upstream: ResolverUpstream) async throws {
        guard try present(paths.dnsmasqUpstream) != upstream.text else { return }
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

    /// Writes a service's file where it is not what it was.
    private func renew(_ service: BoxService) async throws -> Bool {
        let (file, text) = rendering(of: service)
        guard try present(file) != text else { return false }
        let draft = DurableFile(file + ".draft")
        try draft.replace(with: text)
        try await check(service, draft.path)?.run()
        try DurableFile(file).replace(with: text)
        try draft.remove()
        return true
    }

    private func rendering(of service: BoxService) -> (file: String, text: String) {
        switch service {
        case .tor: (paths.torrc, Torrc(configuration, paths: paths).text)
        case .dnsmasq: (paths.dnsmasqConfiguration, DnsmasqConfiguration(configuration, paths: paths).text)
        case .web: (paths.webArguments, WebArguments(configuration, paths: paths).text)
        }
    }

    /// What says whether the service takes this file; `nil` where it has no words of its own.
    private func check(_ service: BoxService, _ file: String) -> Command? {
        switch service {
        case .tor: Command.tor(file, as: configuration.tor.user, ["--verify-config"])
        case .dnsmasq: Command("dnsmasq", ["--test", "--conf-file=\(file)"])
        case .web: nil
        }
    }

    /// A file's text; `nil` where there is no such file.
    private func present(_ file: String) throws(HostError) -> String? {
        let file = DurableFile(file)
        return file.exists ? String(decoding: try file.read(), as: UTF8.self) : nil
    }

    private func makeFolders() throws {
        let tor = try UserAccount(named: configuration.tor.user)
        try Folder(paths.runtimeDirectory).make()
        try Folder(paths.torDirectory).make(mode: 0o700, owner: tor)
        try Folder(paths.torDataDirectory).make(mode: 0o700, owner: tor)
        try Folder(paths.dnsmasqDirectory).make(mode: 0o700, owner: UserAccount(named: "dnsmasq"))
        do {
            try Folder(paths.webDirectory).make(mode: 0o700, owner: UserAccount(named: Command.webUser))
        } catch {
            // The box does its work without them.
            log.error("pages: \(error)")
        }
    }
}
