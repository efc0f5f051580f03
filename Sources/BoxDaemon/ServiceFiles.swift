import BoxConfiguration
import BoxRendering
import Glibc
import HostSystem

/// What a configuration makes of the services' files.
struct ServiceFiles: Sendable {
    let configuration: Configuration
    let paths: ServicePaths
    let manager: any ServiceManager

    func path(of service: BoxService) -> String {
        switch service {
        case .tor: paths.torrc
        case .dnsmasq: paths.dnsmasqConfiguration
        case .chrony: paths.chronyConfiguration
        case .web: paths.webArguments
        case .snowflake: paths.snowflakeEnvironment
        }
    }

    func text(of service: BoxService) -> String {
        switch service {
        case .tor: Torrc(configuration, paths: paths).text
        case .dnsmasq: DnsmasqConfiguration(configuration, paths: paths).text
        case .chrony: ChronyConfiguration(configuration, paths: paths).text
        case .web: WebArguments(configuration, paths: paths).text
        case .snowflake: SnowflakeEnvironment.text
        }
    }

    /// Whether the service's file is not what the configuration makes of it.
    func isNew(_ service: BoxService) throws -> Bool {
        let file = DurableFile(path(of: service))
        return try !file.exists || file.read() != Array(text(of: service).utf8)
    }

    /// Writes a service's file, which must have been checked.
    func write(_ service: BoxService) throws(HostError) {
        try write(service, to: DurableFile(path(of: service)))
    }

    /// Has the service's own program judge what would become of its file.
    ///
    /// - Throws: ``HostError`` of kind `.command` with the program's words; the file in use is untouched in any case.
    func check(_ service: BoxService) async throws {
        let draft = DurableFile(path(of: service) + ".draft")
        try write(service, to: draft)
        let outcome = try await checker(of: service, draft.path)?.outcome()
        try draft.remove()
        guard let outcome, outcome.status != 0 else { return }
        let said = [outcome.output, outcome.errors].joined(separator: "\n")
        let lastLine = said.split(separator: "\n").last.map(String.init)
        throw HostError(
            .command,
            "\(service.rawValue) refuses its configuration: "
                + (Complaints(log: said)?.words ?? lastLine ?? "it said nothing, exit \(outcome.status)"))
    }

    private func write(_ service: BoxService, to file: DurableFile) throws(HostError) {
        switch service {
        case .tor:
            // It names bridges and logins, which are tor's alone.
            let tor = try UserAccount(named: configuration.tor.user)
            try file.replace(with: text(of: service), mode: 0o640, group: tor.group)
        case .dnsmasq, .chrony, .web, .snowflake:
            try file.replace(with: text(of: service))
        }
    }

    /// What says whether the service takes this file; `nil` where it has no words of its own.
    private func checker(of service: BoxService, _ file: String) -> Command? {
        switch service {
        case .tor: manager.command(.tor(file, ["--verify-config"]), as: configuration.tor.user)
        case .dnsmasq: Command("dnsmasq", ["--test", "--conf-file=\(file)"])
        case .chrony: manager.command(Command("chronyd", ["-x", "-U", "-p", "-f", file]), as: Command.chronyUser)
        case .web, .snowflake: nil
        }
    }
}
