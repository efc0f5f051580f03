/// The two families of addresses, and what the box's sets hold of them while it forwards.
enum Family: String, CaseIterable, Sendable {
    case v4 = "IPv4"
    case v6 = "IPv6"

    /// Where the server listens, behind the router.
    var server: String {
        switch self {
        case .v4: "198.51.100.11"
        case .v6: "2001:db8:51::11"
        }
    }

    /// The set in which the kernel notes what a device opened.
    var openedSet: String {
        switch self {
        case .v4: "opened4"
        case .v6: "opened6"
        }
    }

    private var guardSet: String {
        switch self {
        case .v4: "guards4"
        case .v6: "guards6"
        }
    }

    /// The server among as many other guards as the public network has relays.
    private var guards: String {
        let others = (0..<8000).map { number in
            switch self {
            case .v4: "198.18.\(number / 250).\(number % 250) . 9001"
            case .v6: "2001:db8:52::\(String(number, radix: 16)) . 9001"
            }
        }
        // iperf3's own port.
        return (["\(server) . 5201"] + others).joined(separator: ", ")
    }

    /// The box open for every device's own Tor, as commands of nft(8).
    static var openings: String {
        let guards = allCases.flatMap { family in
            ["netdev", "inet"].map { "add element \($0) torbox \(family.guardSet) { \(family.guards) }" }
        }
        let devices = ["carried", "passed"].map { "add element inet torbox \($0) { \"lan0\" }" }
        return (guards + devices).joined(separator: "\n") + "\n"
    }
}
