import BoxConfiguration
import NetAddress
import TorControl

/// Where the box's own tor may connect: directory servers that it knows from the start, and guards.
///
/// tor has verified the consensus that these relays come from.
struct Doors {
    private let fixed: Set<Endpoint>

    /// The authorities of a private Tor network, or else the directory servers that tor was built with.
    init(_ configuration: Configuration.Tor, connection: ControlConnection) async throws {
        if configuration.authorities.isEmpty {
            let directories = try await connection.builtInDirectories()
            fixed = Set((directories.authorities + directories.fallbacks).flatMap(\.endpoints))
        } else {
            fixed = Set(configuration.authorities.flatMap(\.doors))
        }
    }

    /// The directory servers and, of these relays, those that tor may take as a guard.
    func through(_ relays: [RouterStatus]) -> Set<Endpoint> {
        relays.reduce(into: fixed) { doors, relay in
            if relay.flags.isSuperset(of: [.guard, .running, .valid]) { doors.formUnion(relay.endpoints) }
        }
    }
}
