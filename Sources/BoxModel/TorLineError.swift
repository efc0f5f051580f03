/// Why a line is none that an owner may add to tor's configuration; it holds no value.
public struct TorLineError: ExplainedRefusal, Sendable {
    enum Kind: Sendable {
        case empty, tooLong, character
        /// The name, if it may be shown.
        case option(String?)
        case value(TorLineOption)
    }

    let kind: Kind

    init(_ kind: Kind) {
        self.kind = kind
    }

    public var found: String {
        switch kind {
        case .empty: "an empty line"
        case .tooLong: "a line of more than \(TorLine.lengthLimit) bytes"
        case .character: "a line with a character that no such line needs, such as a line break, quote, # or backslash"
        case .option(let name?): "the option \(name), which is not among those that may be set here"
        case .option(nil): "something else than an option that may be set here"
        case .value(let option): "\(option.name) with a value that it does not take here"
        }
    }

    public var remedy: String {
        switch kind {
        case .empty, .tooLong, .character: "one option with its value in each text"
        case .option: Self.options
        case .value(let option): "\(option.values)"
        }
    }

    public var reason: Reason {
        switch kind {
        case .empty: Reason(.lineEmpty)
        case .tooLong: Reason(.lineTooLong, "\(TorLine.lengthLimit)")
        case .character: Reason(.lineCharacter)
        case .option(let name?): Reason(.torOption, name, Self.options)
        case .option(nil): Reason(.torNoOption, Self.options)
        case .value(let option):
            switch option.values {
            case .words(let words): Reason(.torWords, option.name, words.joined(separator: ", "))
            case .number(let range): Reason(.torNumber, option.name, "\(range.lowerBound)", "\(range.upperBound)")
            case .duration(let range): Reason(.torDuration, option.name, "\(range.lowerBound)", "\(range.upperBound)")
            case .relays: Reason(.torRelays, option.name)
            case .hosts: Reason(.torHosts, option.name)
            case .ports: Reason(.torPorts, option.name)
            }
        }
    }

    private static let options = TorLineOption.allowed.map(\.name).joined(separator: ", ")
}
