import ArgumentParser
import BoxAPI
import BoxModel

public struct LogCommand: AsyncParsableCommand {
    public static let configuration = CommandConfiguration(
        commandName: "log", abstract: "Show what tor said last, without addresses and fingerprints.",
        discussion: "At most 100 lines since torboxd started, oldest first; they are kept in memory only.")

    @OptionGroup var asking: Asking

    public init() {}

    public func run() async throws {
        guard case .torLog(let lines) = try await asking.ask(.torLog) else { throw asking.unexpected() }
        let words = lines.map(\.words)
        try asking.print(lines, words.isEmpty ? "tor has said nothing yet" : words.joined(separator: "\n"))
    }
}

extension TorLogLine {
    var words: String { "\(WrittenTime.words(time)) \(severity.rawValue): \(text)" }
}
