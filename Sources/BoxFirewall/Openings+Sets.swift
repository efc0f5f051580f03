import BoxModel
import NetAddress
import Nftables

extension Openings {
    /// The content of every set of `airlock.nft` that torboxd fills, or empties now.
    func sets(lan: InterfaceName, uplinks: [InterfaceName]) -> [SetContent] {
        let doors = Self.elements(doors)
        let clockDoors = Self.elements(clockDoors)
        let guards = Self.elements(guards)
        return AirlockSet.allCases.compactMap { set in
            let elements: [SetElement]? =
                switch set {
                case .doors4: doors.ipv4
                case .doors6: doors.ipv6
                case .clockDoors4: clockDoors.ipv4
                case .clockDoors6: clockDoors.ipv6
                case .beyond: snowflake ? uplinks.map { .interface("\($0)") } : []
                case .carried: carriesLAN ? [.interface("\(lan)")] : []
                case .guards4, .leavingGuards4: guards.ipv4
                case .guards6, .leavingGuards6: guards.ipv6
                case .ownTor: chosen.map(SetElement.hardware)
                case .passed: ownTor == .ofEveryDevice ? [.interface("\(lan)")] : []
                case .blocked: blocked.map(SetElement.hardware)
                case .places: notesPlaces ? [.interface("\(lan)")] : []
                case .refusedTo4, .refusedTo6: notesPlaces ? nil : []
                }
            return elements.map { SetContent(set.rawValue, $0) }
        }
    }

    private var chosen: Set<HardwareAddress> {
        switch ownTor {
        case .ofEveryDevice: []
        case .of(let devices): devices
        }
    }

    private static func elements(_ endpoints: Set<Endpoint>) -> (ipv4: [SetElement], ipv6: [SetElement]) {
        endpoints.reduce(into: ([], [])) { elements, endpoint in
            switch endpoint.address {
            case .v4: elements.0.append(.endpoint(endpoint))
            case .v6: elements.1.append(.endpoint(endpoint))
            }
        }
    }
}
