import BoxConfiguration
import BoxRendering
import HostSystem

/// The configuration files of the services, each checked by its own program before it replaces the one in use.
struct ServiceFiles: Sendable {
    private let configuration: Configuration
    private let paths: ServicePaths

    init(_ configuration: Configuration, paths: ServicePaths) {
        self.configuration = configuration
        self.paths = paths
    }

    /// Writes what changed.
    ///
    /// - Returns: the services whose file is not the one that it was.
    /// - Throws: ``HostError`` with the checker's words; the file in use is untouched then.
    func write() async throws -> [BoxService] {
        try makeFolders()
        var changed: [BoxService] = []
        for service in BoxService.allCases where try await write(service) { changed.append(service) }
        return changed
    }

    private func write(_ service: BoxService) async throws -> Bool {
        let (file, text, check) = rendering(of: service)
        if let present = try? DurableFile(file).read(), present.elementsEqual(text.utf8) { return false }
        let draft = DurableFile(file + ".draft")
        try draft.replace(with: text)
        try await check(draft.path).run()
        try DurableFile(file).replace(with: text)
        return true
    }

    private func rendering(of service: BoxService) -> (file: String, text: String, check: (String) -> Command) {
        switch service {
        case .tor:
            (
                paths.torrc, Torrc(configuration, paths).text,
                { Command("tor", ["--verify-config", "--hush", "-f", $0]) }
            )
        case .dnsmasq:
            (
                paths.dnsmasqConfiguration, DnsmasqConfiguration(configuration, paths).text,
                { Command("dnsmasq", ["--test", "--conf-file=\($0)"]) }
            )
        }
    }

    /// tor takes a control socket only in a folder that nobody else can enter.
    private func makeFolders() throws {
        let tor = try UserAccount(named: configuration.tor.user)
        try Folder(paths.runtimeFolder).make()
        try Folder(paths.torRuntimeFolder).make(mode: 0o700, owner: tor)
        try Folder(paths.torDataFolder).make(mode: 0o700, owner: tor)
    }
}
