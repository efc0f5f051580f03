import ArgumentParser
import BoxAPI

public struct TrafficCommand: AsyncParsableCommand {
    public static let configuration = CommandConfiguration(
        commandName: "traffic", abstract: "Say how much the uplink carries now and carried in the last two minutes.")

    @OptionGroup var asking: Asking

    public init() {}

    public func run() async throws {
        guard case .traffic(let traffic) = try await asking.ask(.traffic) else { throw asking.unexpected() }
        try asking.print(traffic, traffic.words)
    }
}

extension TrafficReport {
    var words: String {
        guard let now = samples.last else { return "nothing was measured yet; ask again in a few seconds" }
        let most = Rate(received: samples.map(\.received).max() ?? 0, sent: samples.map(\.sent).max() ?? 0)
        return "now \(now.words)\nat most \(most.words), in the last \(samples.count * secondsBetween) s"
    }
}

extension Rate {
    var words: String { "\(DataAmount(bytes: received))/s in, \(DataAmount(bytes: sent))/s out" }
}
