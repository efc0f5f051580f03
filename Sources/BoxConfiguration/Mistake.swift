import BoxModel

/// One thing that has to be changed in a file of the configuration.
public struct Mistake: Sendable, Equatable {
    public enum Kind: Sendable, CaseIterable {
        /// The file as a whole cannot be read as text.
        case file
        /// The text is no TOML.
        case syntax
        case unknownKey
        case missingKey
        case wrongType
        /// The value is not among those allowed.
        case value
        /// The value is allowed, but not beside another one.
        case conflict
    }

    public let kind: Kind
    /// The file as the caller named it.
    public let file: String
    /// From 1.
    public let line: Int
    /// The dotted path, such as `lan.ipv4`; empty where the mistake belongs to no key.
    public let key: String
    /// The value as it stands in the file, or `nothing`.
    public let found: String
    /// In plain words, with an example.
    public let allowed: String
    /// Both in one, where there is a word for it.
    public var reason: Reason?
}

extension Mistake: CustomStringConvertible {
    /// `torbox.toml:12: lan.ipv4: found "10.84.0.1/33"; allowed: …`
    public var description: String {
        let place = key.isEmpty ? "\(file):\(line)" : "\(file):\(line): \(key)"
        return "\(place): found \(found); allowed: \(allowed)"
    }
}
