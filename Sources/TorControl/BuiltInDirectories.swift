/// The directory servers that a tor program was built with (`GETINFO config/defaults`).
public struct BuiltInDirectories: Hashable, Sendable {
    /// Those that vote on the consensus; the bridge authority, which clients do not use, is not among them.
    public var authorities: [DirectorySource]
    public var fallbacks: [DirectorySource]

    /// Reads lines of the form `Option "value"`, passing over other options.
    ///
    /// - Throws: ``ControlError`` of kind `.malformed` where a directory's line cannot be read, or none is there.
    init(defaults text: String) throws(ControlError) {
        authorities = []
        fallbacks = []
        for line in text.split(separator: "\n") {
            let option = line.prefix { $0 != " " }
            guard option == "DirAuthority" || option == "FallbackDir" else { continue }
            var rest = line.dropFirst(option.count + 1)
            guard let value = QuotedString.read(&rest) else { throw Self.unreadable(option) }
            if option == "FallbackDir" {
                guard let source = DirectorySource(fallback: value) else { throw Self.unreadable(option) }
                fallbacks.append(source)
            } else if value.contains(" v3ident=") {
                guard let source = DirectorySource(authority: value) else { throw Self.unreadable(option) }
                authorities.append(source)
            }
        }
        guard !authorities.isEmpty else {
            throw ControlError(.malformed, "tor's built-in settings name no directory authority")
        }
    }

    private static func unreadable(_ option: Substring) -> ControlError {
        ControlError(.malformed, "a \(option) line in tor's built-in settings cannot be read")
    }
}
