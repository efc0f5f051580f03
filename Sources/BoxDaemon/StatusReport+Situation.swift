import BoxAPI
import BoxModel

extension StatusReport.Obstacle {
    init(_ obstacle: Obstacle) {
        self =
            switch obstacle {
            case .airlock: .airlock
            case .noUplinkAddress: .noUplinkAddress
            case .sameNetwork: .sameNetwork
            case .noWay: .noWay
            case .clockNotTrusted: .clockNotTrusted
            case .torNotRunning: .torNotRunning
            case .bootstrapping: .bootstrapping
            case .bridgesFail: .bridgesFail
            case .stopping: .stopping
            }
    }
}
