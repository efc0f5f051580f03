import BoxConfiguration
import NetAddress

/// How the program that serves the pages is started: on the LAN's addresses and the admin port's, under the box's own
/// name.
public struct WebArguments: Sendable, Equatable {
    /// One for each word of the command line.
    public let words: [String]

    public init(_ configuration: Configuration, paths: ServicePaths) {
        words =
            [
                "--listen=\(configuration.lan.ipv4.address)", "--listen=\(configuration.lan.ipv6.address)",
                "--name=\(configuration.dns.name)", "--socket=\(paths.apiSocket)", "--owner=\(paths.webOwner)",
            ]
            + (configuration.pages.admin.map(Self.words(for:)) ?? [])
    }

    private static func words(for admin: Configuration.Pages.Admin) -> [String] {
        let address = admin.ipv4.address
        return ["--listen=\(address)"] + (admin.isOnlyPlace ? ["--owner-at=\(address)"] : [])
    }

    /// One line, as a unit of systemd reads it (`EnvironmentFile`, then `$ARGUMENTS`).
    public var text: String { "ARGUMENTS=\(words.joined(separator: " "))\n" }
}
