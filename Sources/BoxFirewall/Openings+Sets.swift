import BoxModel
import NetAddress
import Nftables

extension Openings {
    /// The content of every set of `airlock.nft`.
    func sets(lan: InterfaceName) -> [SetContent] {
        var doors4: [String] = []
        var doors6: [String] = []
        for door in doors {
            switch door.address {
            case .v4: doors4.append(door.nftablesElement)
            case .v6: doors6.append(door.nftablesElement)
            }
        }
        return AirlockSet.allCases.map { set in
            switch set {
            case .doors4: SetContent(set.rawValue, doors4)
            case .doors6: SetContent(set.rawValue, doors6)
            case .carried: SetContent(set.rawValue, carriesLAN ? ["\"\(lan)\""] : [])
            }
        }
    }
}
