import ArgumentParser
import BoxAPI

public struct NewIdentityCommand: AsyncParsableCommand {
    public static let configuration = CommandConfiguration(
        commandName: "new-identity", abstract: "Have new connections take other circuits than those of before.",
        discussion: """
            Connections that are open stay as they are, and so does the first relay. Sites still know a browser by its \
            cookies. tor does this every ten seconds at most, and puts it off until then.
            """)

    @OptionGroup var asking: Asking

    public init() {}

    public func run() async throws {
        guard case .newIdentity(let report) = try await asking.ask(.newIdentity) else { throw asking.unexpected() }
        try asking.print(report, report.words)
    }
}

extension NewIdentityReport {
    var words: String {
        delaySeconds == 0
            ? "new connections take other circuits"
            : "tor did this a moment ago; it does it again by itself in \(delaySeconds) s"
    }
}
