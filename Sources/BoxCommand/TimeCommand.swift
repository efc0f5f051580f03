import ArgumentParser
import BoxAPI
import BoxModel

public struct TimeCommand: AsyncParsableCommand {
    public static let configuration = CommandConfiguration(
        commandName: "time", abstract: "Say whether the clock is right and who says so, or set it by hand.",
        subcommands: [TimeShow.self, TimeSet.self], defaultSubcommand: TimeShow.self)

    public init() {}
}

struct TimeShow: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show", abstract: "Say whether the clock is right and who says so.")

    @OptionGroup var asking: Asking

    func run() async throws {
        guard case .time(let time) = try await asking.ask(.time) else { throw asking.unexpected() }
        try asking.print(time, time.words)
    }
}

struct TimeSet: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "set", abstract: "Set the clock, where no relay can be asked.",
        discussion: "Refused once relays have confirmed the clock. A wrong time can keep tor from connecting.")

    @Argument(help: "Such as \"2026-11-22 12:34\" for UTC, or \"2026-11-22 13:34 +01:00\".")
    var time: String

    @OptionGroup var asking: Asking

    func validate() throws {
        guard WrittenTime(time) != nil else {
            throw ValidationError(
                "\"\(time)\": no time; write \"2026-11-22 12:34\", with \" +01:00\" where it is not UTC")
        }
    }

    func run() async throws {
        guard let seconds = WrittenTime(time)?.seconds else { throw ExitCode.refused }
        guard case .done = try await asking.ask(.setTime(seconds: seconds)) else { throw asking.unexpected() }
        try asking.print(["done": true], "the clock is set to \(WrittenTime.words(seconds))")
    }
}

extension TimeReport {
    var words: String {
        var lines = ["the clock shows \(WrittenTime.words(now)): \(trust.words)"]
        if let checkedSecondsAgo, let behind {
            lines.append(
                "\(agreeing.count) relays agreed \(checkedSecondsAgo) s ago, on a time "
                    + "\(Self.tenths(behind[0])) to \(Self.tenths(behind[1])) s from the clock's of now")
        }
        lines += agreeing.map { "  agrees: \($0.relay) at \($0.endpoint)" }
        lines += dissenting.map { "  dissents by \($0.deviation) s: \($0.relay) at \($0.endpoint)" }
        lines += failures.map { "  no time: \($0)" }
        lines.append(
            "relays can set it from \(WrittenTime.words(earliest)) to \(WrittenTime.words(latest))")
        return (lines + (notice.map { ["note: \($0)"] } ?? [])).joined(separator: "\n")
    }

    private static func tenths(_ seconds: Double) -> String {
        let tenths = Int((seconds * 10).rounded())
        return "\(tenths < 0 ? "-" : "+")\(abs(tenths) / 10).\(abs(tenths) % 10)"
    }
}

extension TimeReport.Trust {
    fileprivate var words: String {
        switch self {
        case .none: "nobody has confirmed it yet"
        case .provisional:
            "behind bridges or a proxy nobody confirms it; if it is wrong, say the time by `torbox time set`"
        case .owner: "set by the owner"
        case .confirmed: "confirmed by relays"
        }
    }
}
