import BoxAPI
import BoxModel

extension Answers {
    /// What the owner should know besides the state.
    func notices() async -> [StatusReport.Notice] {
        let ofSettings = (takenBack.map { [$0] } ?? []) + (await changes.isOnTrial ? [.settingsOnTrial] : [])
        let sated = await deviceReports().filter { $0.use?.hasOpenedAllGuards == true }
        return (ofSettings + (await box.notices)).map(StatusReport.Notice.init)
            + ((await devices.notice).map { [StatusReport.Notice(.devicesLost, words: $0)] } ?? [])
            + ((await updatesNotice()).map { [$0] } ?? [])
            + sated.map { report in
                StatusReport.Notice(
                    .guardsSpent, [report.name],
                    words: """
                        \(report.name) has reached its number of guards for today; its own Tor goes to those it has \
                        opened, and to no other until the day from its first one has passed \
                        (own-tor.guards-per-device-and-day)
                        """)
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
