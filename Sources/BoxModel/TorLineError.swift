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
        case .option: TorLineOption.allowed.map(\.name).joined(separator: ", ")
        case .value(let option): "\(option.values)"
        }
    }
}
