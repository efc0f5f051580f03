import Hummingbird
import Logging
import ServiceLifecycle
import UnixSignals

/// Serves a site on all its addresses until SIGTERM or SIGINT.
public struct WebServer: Sendable {
    private let site: Site
    private let addresses: [String]
    private let port: Int
    private let log: Logger

    public init(_ site: Site, on addresses: [String], port: Int, log: Logger) {
        self.site = site
        self.addresses = addresses
        self.port = port
        self.log = log
    }

    public func run() async throws {
        var quiet = log
        // A line for each request would be a log of activity.
        quiet.logLevel = .warning
        let responder = site.router().buildResponder()
        let applications = addresses.map { address in
            Application(
                responder: responder, server: .http1(configuration: .init(idleTimeout: .seconds(60))),
                configuration: ApplicationConfiguration(address: .hostname(address, port: port)), logger: quiet)
        }
        let group = ServiceGroup(
            services: applications, gracefulShutdownSignals: [.sigterm, .sigint], logger: quiet)
        try await group.run()
    }
}
