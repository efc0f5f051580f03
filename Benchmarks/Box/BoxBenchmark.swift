import ArgumentParser
import BoxLab

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
        let outcome: Result<Report, any Error>
        do {
            outcome = .success(try await Interruption.cancelling { try await measurement.run(checkout) })
        } catch let error as LabError where error.kind == .busy {
            // Then it is somebody else's lab.
            throw error
        } catch {
            outcome = .failure(error)
        }
        // Whatever happened: the box of this lab has had a SOCKS port, and nobody should meet it as the product's.
        try await Lab.down()
        do {
            print(try outcome.get())
        } catch is CancellationError {
            throw ExitCode(130)
        }
    }
}
