import BoxLab
import HostSystem
import NetFrames

/// Measures how long a new consensus takes from tor's folder into the kernel's sets, in the lab, with the running torboxd:
/// beside it `nft -f` of the same content in the same run.
@main
struct ExchangeBenchmark {
    private static let rounds = 21
    /// Each has two addresses.
    private static let relays = 5_000

    static func main() async throws {
        try await Lab.down()
        let checkout = try Checkout()
        do {
            let lab = try await Lab.up(checkout: checkout)
            try await measure(lab.box)
        } catch {
            try await Lab.down()
            throw error
        }
        try await Lab.down()
    }

    private static func measure(_ box: LabBox) async throws {
        let nft = try await PlainNft.start(airlock: LabBox.airlock)
        var exchanges: [Duration] = []
        var files: [Duration] = []
        // Every other round the same ones, so that each exchanges all.
        let editions = (0...rounds).map { Edition(invented: ($0 % 2) * relays..<($0 % 2 + 1) * relays) }
        for (round, document) in try await box.documents(of: editions).enumerated() {
            let numbers = editions[round].invented
            let marker = InventedRelay(number: numbers.lowerBound).ipv4
            // A new one each time: it has heard nothing of the exchange before.
            let doorbell = try doorbell()
            async let end = moment(of: doorbell) { try await box.holdsGuard(marker) }
            let begin = ContinuousClock.now
            try box.lay(document)
            let took = try await end - begin
            let file = try await nft.measure(numbers.map(InventedRelay.init))
            // The first finds other sets.
            guard round > 0 else { continue }
            exchanges.append(took)
            files.append(file)
        }
        try await nft.stop()
        print(
            "\(2 * relays) entries replaced by as many others, each in three sets; median (least - most) of \(rounds)")
        print("from tor's file to the kernel's sets  \(summary(exchanges))")
        print("nft -f of the same content            \(summary(files))")
    }

    private static func doorbell() throws -> KernelDoorbell {
        try NetworkNamespace(LabHost.box.namespace).perform { () throws(FrameError) in
            do {
                return try KernelDoorbell(.ruleset)
            } catch {
                throw FrameError(.socket, "\(error)")
            }
        }
    }

    /// The moment of the ring after which something holds.
    private static func moment(
        of doorbell: KernelDoorbell, until holds: @Sendable () async throws -> Bool
    ) async throws -> ContinuousClock.Instant {
        for await _ in doorbell.rings {
            let moment = ContinuousClock.now
            if try await holds() { return moment }
        }
        throw CancellationError()
    }

    private static func summary(_ times: [Duration]) -> String {
        let sorted = times.sorted()
        let texts = [sorted[sorted.count / 2], sorted[0], sorted[sorted.count - 1]].map { duration in
            let tenths = Int(duration / .microseconds(100))
            return "\(tenths / 10).\(tenths % 10)"
        }
        return "\(texts[0]) ms (\(texts[1]) - \(texts[2]))"
    }
}
