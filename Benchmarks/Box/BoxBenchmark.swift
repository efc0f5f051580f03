import ArgumentParser
import BoxLab
import LabRun

/// Measures the box in the lab, beside plain SOCKS to the same tor wherever there is something to compare.
@main
struct BoxBenchmark: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "box-benchmark", abstract: "What the box costs, measured in the lab; takes down a lab that is up.")

    @Option(help: "The size of each download in megabytes (of 1,000,000 bytes).")
    var megabytes = 64

    @Option(help: "How often each comparison is repeated.")
    var rounds = 7

    @Option(help: "How long torboxd is watched while nothing goes on, in seconds.")
    var idle = 60

    func validate() throws {
        if min(megabytes, rounds, idle) < 1 { throw ValidationError("every number must be 1 or more") }
    }

    func run() async throws {
        let measurement = Measurement(megabytes: megabytes, rounds: rounds, idle: .seconds(idle))
        let checkout = try Checkout()
        // It takes the lab down whatever happened: this box has had a SOCKS port, and nobody should meet it as the product's.
        try await LabRun.printing { try await measurement.run(checkout) }
    }
}
