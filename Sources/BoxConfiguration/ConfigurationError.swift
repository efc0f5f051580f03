/// Everything that is wrong with a configuration, in the order of its files and their lines.
public struct ConfigurationError: Error, Sendable, Equatable {
    /// At least one.
    public let mistakes: [Mistake]

    init(_ mistakes: [Mistake]) {
        self.mistakes = mistakes.sorted { ($0.file, $0.line, $0.key) < ($1.file, $1.line, $1.key) }
    }
}

extension ConfigurationError: CustomStringConvertible {
    /// One line per mistake.
    public var description: String {
        mistakes.map(\.description).joined(separator: "\n")
    }
}
