/// The names and addresses under which the box's pages are, with the port where it is not 80.
public struct SiteAddresses: Sendable {
    private let hosts: Set<String>
    private let ownersPlaces: Set<String>

    /// - Parameters:
    ///   - names: such as `torbox.lan`, `10.44.0.1` or `fd00::1`.
    ///   - port: where the pages are served.
    ///   - hosts: further ones, as browsers name them where something else passes the connections on.
    ///   - ownerAt: the box's own addresses at which the owner's pages are; empty for all.
    public init(names: [String], port: Int, hosts: [String] = [], ownerAt: [String] = []) {
        ownersPlaces = Set(ownerAt)
        self.hosts = Set(
            names.map { name in
                let host = name.contains(":") ? "[\(name)]" : name.lowercased()
                return port == 80 ? host : "\(host):\(port)"
            }
        ).union(hosts.map { $0.lowercased() })
    }

    func admits(host: String) -> Bool {
        hosts.contains(host.lowercased())
    }

    /// Whether the owner's pages are where a connection arrived.
    ///
    /// - Parameter address: the box's own of that connection. The ruleset lets nobody but the computer at the admin port
    ///   reach the one there.
    func admitsOwner(at address: String) -> Bool {
        ownersPlaces.isEmpty || ownersPlaces.contains(address)
    }

    /// Whether a form was sent from one of these pages to the same one (RFC 6454).
    func admits(origin: String?, at host: String) -> Bool {
        origin?.lowercased() == "http://\(host.lowercased())"
    }
}
