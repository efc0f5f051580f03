import BoxAPI
import BoxModel

extension StatusReport.Obstacle {
    init(_ obstacle: Obstacle) {
        self =
            switch obstacle {
            case .airlock: .airlock
            case .noUplinkAddress: .noUplinkAddress
            case .noWay: .noWay
            case .sameNetwork: .sameNetwork
            case .clockNotTrusted: .clockNotTrusted
            case .torNotRunning: .torNotRunning
            case .snowflakeNotRunning: .snowflakeNotRunning
            case .bootstrapping: .bootstrapping
            case .bridgesFail: .bridgesFail
            case .newSettings: .newSettings
            case .stopping: .stopping
            }
    }
}
