/// One key of the configuration file, described once for the reader, for its messages and for the guide.
struct KeyEntry: Sendable {
    let table: String
    let name: String
    /// What stands in when the key is left out; `nil` where it must be given.
    let standard: Literal?
    /// The values that the key takes, in plain words: completes "allowed: …".
    let values: String
    let example: Literal
    /// Why one would change it; whole sentences.
    let explanation: String
    /// Whether the owner's own file may hold it.
    let isSetting: Bool
    /// Whether no message may repeat what stands there.
    let isSecret: Bool

    var path: [String] { [table, name] }
    var allowed: String { "\(values), such as \(example)" }
}

/// A key together with the way to make a typed value of what it holds.
///
/// For a key that holds a list, `read` makes one element and `count` bounds their number.
struct Key<Value: Sendable>: Sendable {
    let entry: KeyEntry
    let count: ClosedRange<Int>?
    let read: @Sendable (Literal) -> Value?

    init(
        _ table: String, _ name: String, standard: Literal? = nil, isSetting: Bool = false, isSecret: Bool = false,
        values: String, example: Literal? = nil, explanation: String, count: ClosedRange<Int>? = nil,
        read: @escaping @Sendable (Literal) -> Value?
    ) {
        guard let example = example ?? standard else {
            preconditionFailure("\(table).\(name) has neither a default nor an example")
        }
        entry = KeyEntry(
            table: table, name: name, standard: standard, values: values, example: example, explanation: explanation,
            isSetting: isSetting, isSecret: isSecret)
        self.count = count
        self.read = read
    }
}
