import NetAddress

/// A node of the private Tor network: who it is, where it listens, and its torrc.
public struct TorNode: Sendable, Hashable {
    public enum Role: String, Sendable, CaseIterable {
        case authority
        case `guard`
        case exit
        /// A client with a hidden service, not a relay.
        case onion
    }

    public let role: Role
    /// 1, 2, … within the role.
    public let number: Int

    public static let all: [TorNode] =
        [(Role.authority, 3), (.guard, 5), (.exit, 3), (.onion, 1)].flatMap { role, count in
            (1...count).map { TorNode(role: role, number: $0) }
        }

    public static let authorities = all.filter { $0.role == .authority }
    /// Everything that a consensus must list.
    public static let relays = all.filter { $0.role != .onion }

    public var nickname: String { "\(role.rawValue)\(number)" }

    /// The last part of both addresses: 11…13 authorities, 21…25 guards, 31…33 exits, 41 the onion service.
    private var hostNumber: Int {
        switch role {
        case .authority: 10 + number
        case .guard: 20 + number
        case .exit: 30 + number
        case .onion: 40 + number
        }
    }

    public var address: IPv4Address { IPv4Address("198.51.100.\(hostNumber)")! }
    public var addressV6: IPv6Address { IPv6Address("2001:db8:51::\(hostNumber)")! }

    public static let orPort: UInt16 = 9001
    public static let directoryPort: UInt16 = 9030

    var folder: LabFolder { LabFolder.tor / nickname }

    /// Whether a consensus document lists this node with the flags that its role needs.
    func isListed(in consensus: Substring) -> Bool {
        let lines = consensus.split(separator: "\n")
        guard let router = lines.firstIndex(where: { $0.hasPrefix("r \(nickname) ") }),
            let flags = lines[router...].first(where: { $0.hasPrefix("s ") })
        else { return false }
        let needed =
            switch role {
            case .authority: ["Authority", "Running", "Valid"]
            case .guard: ["Guard", "Running", "Valid"]
            case .exit: ["Exit", "Running", "Valid"]
            case .onion: ["never listed"]
            }
        return Set(needed).isSubset(of: flags.split(separator: " ").map(String.init))
    }
}
