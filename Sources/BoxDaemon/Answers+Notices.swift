import BoxAPI
import BoxConfiguration
import BoxDevices
import BoxModel
import Logging

extension Answers {
    /// What the owner should know besides the state.
    func notices() async -> [StatusReport.Notice] {
        let ofSettings = (takenBack.map { [$0] } ?? []) + (await changes.isOnTrial ? [.settingsOnTrial] : [])
        return (ofSettings + (await box.notices)).map(StatusReport.Notice.init)
            + ((await devices.notice).map { [StatusReport.Notice(.devicesLost, words: $0)] } ?? [])
            + ((await updatesNotice()).map { [$0] } ?? [])
            + (await devicesWithoutGuardsLeft()).map { name in
                StatusReport.Notice(
                    .guardsSpent, [name],
                    words: """
                        \(name) has reached its number of guards for today; its own Tor goes to those it has \
                        opened, and to no other until the day from its first one has passed \
                        (own-tor.guards-per-device-and-day)
                        """)
            }
    }

    /// By name; of what the kernel counts no more is read than that takes.
    private func devicesWithoutGuardsLeft() async -> [String] {
        do {
            let opened = try await GuardsOpened.now(nftables).byDevice
            let guardsPerDay = configuration.ownTor.guardsPerDeviceAndDay
            return await devices.devices().map(\.device)
                .filter { opened[$0.address] ?? 0 >= guardsPerDay }.map(\.name)
        } catch {
            log.error("devices: their guards cannot be read: \(error)")
            return []
        }
    }
}

extension StatusReport.Notice {
    init(_ notice: BoxModel.Notice) {
        let words = "\(notice)"
        self =
            switch notice {
            case .clockUnconfirmed: Self(.clockUnconfirmed, words: words)
            case .noValidConsensus: Self(.noValidConsensus, words: words)
            case .documentRefused(let reason): Self(.documentRefused, [reason], words: words)
            case .settingsOnTrial: Self(.settingsOnTrial, words: words)
            case .settingsTakenBack(let time, let reason):
                Self(.settingsTakenBack, ["\(ClockTime(time))", reason], words: words)
            }
    }
}
