import Glibc
import NetAddress

/// A relay whose owner also has a web page, which makes its visitors' browsers connect to the relay's two ports.
public enum HostileRelay {
    public static let node = TorNode(role: .exit, number: 3)

    static let addresses: [IPAddress] = [.v4(node.address), .v6(node.addressV6)]
    public static let torPorts = addresses.map { Endpoint($0, TorNode.orPort) }
    /// Not tor listens here but a web server, which notes who asks.
    public static let directoryPorts = addresses.map { Endpoint($0, TorNode.directoryPort) }

    static let pagePath = "/with-a-relay"
    /// The page, on the lab's web server.
    public static let pageAddress = "http://www.example.net\(pagePath)"

    static let page = """
        <!DOCTYPE html>
        <html lang="en"><head><title>A page with a relay</title></head><body><p>A page with a relay.</p>
        \((torPorts + directoryPorts).map { "<img alt=\"\" src=\"http://\($0)/\">" }.joined(separator: "\n"))
        </body></html>

        """

    private static let noteStart = "the hostile relay saw "

    /// Notes in the web server's output who asked.
    static func note(_ visitor: String) {
        let line = "\(noteStart)\(visitor)\n"
        write(STDOUT_FILENO, line, line.utf8.count)
    }

    /// Whom its directory port has seen since the lab came up, in order; a visitor is an exit or a household.
    public static func visitors() throws -> [IPAddress] {
        let said = try LabFolder.logs.read("web.log") ?? ""
        return said.split(separator: "\n").filter { $0.hasPrefix(noteStart) }.compactMap {
            IPAddress($0.dropFirst(noteStart.count))
        }
    }
}
