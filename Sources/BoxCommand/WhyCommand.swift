import ArgumentParser
import BoxAPI

public struct WhyCommand: AsyncParsableCommand {
    public static let configuration = CommandConfiguration(
        commandName: "why",
        abstract: "Say what would happen to a TCP connection of a device, and which of the kernel's rules decides.",
        usage: "torbox why ADDRESS[:PORT] [--from DEVICE]")

    @Argument(help: "192.0.2.1, 192.0.2.1:443, 2001:db8::1 or [2001:db8::1]:443; the port is 443 unless given.")
    var address: String

    @Option(help: ArgumentHelp("The device's name; one without settings unless given.", valueName: "device"))
    var from: String?

    @OptionGroup var asking: Asking

    public init() {}

    public func run() async throws {
        let question = Request.why(destination: address, device: from)
        guard case .why(let answer) = try await asking.ask(question) else { throw asking.unexpected() }
        try asking.print(answer, answer.words)
    }
}

extension WhyReport {
    var words: String {
        let sender = device ?? "a device without settings"
        return "TCP from \(sender) to \(destination): \(fate.words)\nbecause of \(rule)"
    }
}

extension WhyReport.Fate {
    var words: String {
        switch self {
        case .carried: "carried by the box's Tor"
        case .passed: "passed straight to its relay"
        case .answeredByBox: "answered by the box itself"
        case .refused: "refused at once"
        case .dropped: "dropped without a word"
        }
    }
}
