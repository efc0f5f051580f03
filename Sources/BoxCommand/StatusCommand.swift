import ArgumentParser
import BoxAPI

public struct StatusCommand: AsyncParsableCommand {
    public static let configuration = CommandConfiguration(
        commandName: "status", abstract: "Say how the box is; exits 0 where it is open, 3 where it is not.")

    @OptionGroup var asking: Asking

    public init() {}

    public func run() async throws {
        guard case .status(let status) = try await asking.ask(.status) else { throw asking.unexpected() }
        try asking.print(status, status.words)
        guard status.state == "open" else { throw ExitCode.notOpen }
    }
}

extension StatusReport {
    var words: String {
        var lines = ["the box is \(state)\(obstacle.map { ": \($0)" } ?? "")"]
        let progress = bootstrapPercent.map { "\($0) % connected" } ?? "does not answer"
        lines.append("tor\(torVersion.map { " \($0)" } ?? ""): \(progress)")
        lines.append("torboxd \(version), up for \(Self.duration(uptimeSeconds))")
        return (lines + notices.map { "note: \($0.words)" }).joined(separator: "\n")
    }

    private static func duration(_ seconds: Int) -> String {
        switch seconds {
        case ..<120: "\(seconds) s"
        case ..<7_200: "\(seconds / 60) min"
        case ..<172_800: "\(seconds / 3_600) h"
        default: "\(seconds / 86_400) days"
        }
    }
}
