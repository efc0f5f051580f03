import BoxLab

/// How long it took from no lab to the first page that a client got through Tor.
struct LabStart: Sendable {
    /// Otherwise a Tor network had to be founded first.
    let isFromSnapshot: Bool
    let seconds: Double

    /// Brings the lab up, in place of one that is up; a second time where the first had to found a Tor network.
    ///
    /// - Returns: the lab, and each of its starts.
    static func measure(_ checkout: Checkout) async throws -> (lab: Lab, starts: [LabStart]) {
        var starts: [LabStart] = []
        while true {
            try await Lab.down()
            let log = StepLog()
            let lab = try await Lab.up(checkout: checkout, log: log)
            try await firstPage()
            starts.append(LabStart(isFromSnapshot: lab.record.isFromSnapshot, seconds: log.elapsed))
            // A lab that cannot store its network would found one each time.
            if lab.record.isFromSnapshot || starts.count == 2 { return (lab, starts) }
        }
    }

    private static func firstPage() async throws {
        let page = ["--silent", "--fail", "--max-time", "10", "http://\(Addresses.webNames[0])/"]
        try await wait(upTo: .seconds(60), for: "client1: a page after the lab's start") {
            try await LabHost.client1.outcome("curl", page).status == 0
        }
    }
}
