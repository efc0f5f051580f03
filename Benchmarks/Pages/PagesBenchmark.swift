import ArgumentParser
import BoxLab
import LabRun

/// Measures the program that serves the pages, with live pages open, beside a server that only sends the same bytes.
@main
struct PagesBenchmark: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "pages-benchmark",
        abstract: "How fast torbox-web serves, in the lab; takes down a lab that is up.",
        subcommands: [Measure.self, ServeBytes.self], defaultSubcommand: Measure.self)
}

struct Measure: AsyncParsableCommand {
    @Option(help: "How often each is measured.")
    var rounds = 5

    @Option(help: "How long each round is, in seconds.")
    var seconds = 6

    @Option(help: "How many browsers look at the home page meanwhile and are sent what changes.")
    var livePages = 50

    func validate() throws {
        if min(rounds, seconds) < 1 || livePages < 0 { throw ValidationError("no number may be that small") }
    }

    func run() async throws {
        let checkout = try Checkout()
        try await LabRun.printing { try await measure(checkout) }
    }

    private func measure(_ checkout: Checkout) async throws -> String {
        try await Lab.down()
        let lab = try await Lab.up(checkout: checkout)
        let visitor = Visitor()
        try await visitor.becomeOwner()
        let memoryBefore = try await visitor.memoryOfPages()
        let home = try await visitor.read("/")
        let programs = [try Beside.bareServer(sending: home), .livePages(livePages)]
        let (pages, bytes, memory) = try await Beside.during(programs) {
            try await visitor.waitFor(livePages: livePages)
            var (pages, bytes): ([Load], [Load]) = ([], [])
            for round in 0..<rounds {
                // Whoever goes first changes, so that whatever else the machine does burdens both alike.
                for isPages in round.isMultiple(of: 2) ? [true, false] : [false, true] {
                    let address = isPages ? Visitor.site + "/" : ServeBytes.address
                    let load = try await Load.measure(address, seconds: seconds)
                    if isPages { pages.append(load) } else { bytes.append(load) }
                }
            }
            return (pages, bytes, try await visitor.memoryOfPages())
        }
        return withExtendedLifetime(lab) {
            Report(
                livePages: livePages, bytesOfPage: home.utf8.count, pages: pages, bytes: bytes,
                memoryBefore: memoryBefore, memory: memory
            ).description
        }
    }
}
