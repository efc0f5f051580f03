/// One line of tor's configuration (tor manual). It prints without its value, which may be a bridge or a password.
public struct TorOption: Hashable, Sendable {
    public var name: String
    /// `nil`: in an answer the default, in a command 0 or nothing.
    public var value: String?

    public init(_ name: String, _ value: String?) {
        self.name = name
        self.value = value
    }

    /// Reads a line of a GETCONF answer (control-spec 3.3).
    init(reply text: String) throws(ControlError) {
        name = String(text.prefix { $0 != "=" })
        guard name.count < text.count else { return }
        var rest = text.dropFirst(name.count + 1)
        guard rest.first == "\"" else {
            value = String(rest)
            return
        }
        guard let quoted = QuotedString.read(&rest) else {
            throw ControlError(.malformed, "tor's value of \(name) has no closing quote")
        }
        value = quoted
    }

    /// The option as SETCONF takes it (control-spec 3.1).
    ///
    /// - Throws: ``ControlError`` of kind `.argument` for a name that is no word, or a value of several lines.
    func written() throws(ControlError) -> String {
        let keyword = try ControlConnection.keyword(name)
        guard let value else { return keyword }
        return "\(keyword)=\(try QuotedString.write(value))"
    }
}

extension TorOption: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    public var description: String { name }
    public var debugDescription: String { name }
    public var customMirror: Mirror { Mirror(self, children: ["name": name]) }
}
