import ArgumentParser
import BoxLab
import Figures
import HostSystem
import LabRun
import NetFrames

/// Measures how long a new consensus takes from tor's folder into the kernel's sets, in the lab, with the running torboxd:
/// beside it `nft -f` of the same content in the same run.
@main
struct ExchangeBenchmark: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "exchange-benchmark",
        abstract: "From tor's file to the kernel's sets, in the lab; takes down a lab that is up.")

    @Option(help: "How often all entries are exchanged.")
    var rounds = 21

    /// Each has two addresses, and each address stands in three sets: 10,000 entries in all, and 10,000 in each set.
    private static let relays = [1_667, 5_000]

    func validate() throws {
        if rounds < 1 { throw ValidationError("--rounds must be 1 or more") }
    }

    func run() async throws {
        let rounds = rounds
        let checkout = try Checkout()
        try await LabRun.printing(clearingUp: PlainNft.clearUp) {
            try await Lab.down()
            let box = try await Lab.up(checkout: checkout).box
            var lines: [String] = []
            for count in Self.relays {
                lines.append(try await Self.measure(box, relays: count, rounds: rounds))
            }
            return lines.joined(separator: "\n")
        }
    }

    private static func measure(_ box: LabBox, relays: Int, rounds: Int) async throws -> String {
        let nft = try await PlainNft.start(airlock: LabBox.airlock)
        var exchanges: [Double] = []
        var files: [Double] = []
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
            exchanges.append(took / .milliseconds(1))
            files.append(file / .milliseconds(1))
        }
        return """
            \(2 * relays) addresses replaced by as many others, each in three sets; median (least - most) of \(rounds)
            from tor's file to the kernel's sets  \(Sample(exchanges).text(digits: 1)) ms (aim: below 100)
            nft -f of the same content            \(Sample(files).text(digits: 1)) ms
            """
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
}
