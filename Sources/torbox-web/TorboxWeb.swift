import ArgumentParser
import BoxAPI
import BoxWeb
import Logging

/// Serves the box's pages; can do no more than torboxd offers on its socket.
@main
struct TorboxWeb: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "torbox-web", abstract: "Serves the pages of the box on the LAN.")

    @Option(help: ArgumentHelp("Where to listen.", valueName: "address"))
    var listen: [String]

    @Option(
        help: ArgumentHelp("One of these, where the owner's pages are and nowhere else.", valueName: "address"))
    var ownerAt: [String] = []

    @Option(help: "The port.")
    var port = 80

    @Option(help: ArgumentHelp("Another name or address by which browsers find the pages.", valueName: "name"))
    var name: [String] = []

    @Option(help: ArgumentHelp("Where something else passes connections on from.", valueName: "address:port"))
    var host: [String] = []

    @Option(help: ArgumentHelp("torboxd's socket.", valueName: "path"))
    var socket = "/run/torbox/api.sock"

    @Option(help: ArgumentHelp("Where the owner's password is kept.", valueName: "path"))
    var owner = "/var/lib/torbox/web/owner"

    func run() async throws {
        let client = APIClient(path: socket)
        let site = try Site(
            addresses: SiteAddresses(names: listen + name, port: port, hosts: host, ownerAt: ownerAt),
            ownerFile: owner,
            ask: { try await client.ask($0) })
        try await WebServer(site, on: listen, port: port, log: Logger(label: "torbox-web")).run()
    }
}
