/// Everything that is wrong with a configuration file, in the order of its lines.
public struct ConfigurationError: Error, Sendable, Equatable {
    /// At least one.
    public let mistakes: [Mistake]

    init(_ mistakes: [Mistake]) {
        self.mistakes = mistakes.sorted { ($0.line, $0.key) < ($1.line, $1.key) }
    }
}

extension ConfigurationError: CustomStringConvertible {
    /// One line per mistake.
    public var description: String {
        mistakes.map(\.description).joined(separator: "\n")
    }
}
