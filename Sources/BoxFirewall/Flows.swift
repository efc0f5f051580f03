import BoxModel
import HostSystem
import NetAddress

/// The connections that the kernel tracks (conntrack(8)).
enum Flows {
    /// Deletes every TCP connection to these addresses and ports; one that ended meanwhile is no error.
    static func forget(to endpoints: Set<Endpoint>) async throws {
        guard !endpoints.isEmpty else { return }
        // A box tracks few connections to relays, while thousands of relays may change: the connections are asked for.
        for family in ["ipv4", "ipv6"] {
            let table = try await Command("conntrack", ["-L", "-f", family, "-p", "tcp"]).run()
            for endpoint in Set(table.split(separator: "\n").compactMap(destination)).intersection(endpoints) {
                let outcome = try await Command(
                    "conntrack",
                    ["-D", "-f", family, "-p", "tcp", "-d", "\(endpoint.address)", "--dport", "\(endpoint.port)"]
                ).outcome()
                guard outcome.status == 0 || outcome.errors.contains(" 0 flow entries") else {
                    throw HostError(.command, "conntrack: \(outcome.errors)")
                }
            }
        }
    }

    /// Where the first packet of a connection went: the first `dst=` and `dport=` of its line.
    static func destination(_ line: Substring) -> Endpoint? {
        let words = line.split(separator: " ")
        guard let address = words.first(where: { $0.hasPrefix("dst=") }).flatMap({ IPAddress($0.dropFirst(4)) }),
            let port = words.first(where: { $0.hasPrefix("dport=") }).flatMap({ UInt16($0.dropFirst(6)) })
        else { return nil }
        return Endpoint(address, port)
    }
}

extension Openings {
    /// Every place outside to which something may connect.
    var destinations: Set<Endpoint> { doors.union(guards) }
}
