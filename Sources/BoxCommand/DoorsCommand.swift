import ArgumentParser
import BoxAPI

public struct DoorsCommand: AsyncParsableCommand {
    public static let configuration = CommandConfiguration(
        commandName: "doors", abstract: "List where connections may go straight, as the kernel holds it now.",
        discussion: "`doors` are for the box's own tor. All sets are empty while the box is closed.")

    @OptionGroup var asking: Asking

    public init() {}

    public func run() async throws {
        guard case .doors(let sets) = try await asking.ask(.doors) else { throw asking.unexpected() }
        let blocks = sets.map { set in
            (["\(set.set): \(set.count)"] + set.endpoints.map { "  \($0)" }).joined(separator: "\n")
        }
        try asking.print(sets, blocks.joined(separator: "\n"))
    }
}
