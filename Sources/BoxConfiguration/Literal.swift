import TOMLKit

/// A value as the file gives it, reduced to the kinds that a configuration can hold.
enum Literal: Sendable, Equatable {
    case text(String)
    case integer(Int)
    case boolean(Bool)
    case list([Literal])
    /// A table, a date, a fraction: no key takes one.
    case other

    init(_ value: TOMLValue) {
        switch value.type {
        case .string: self = value.string.map(Literal.text) ?? .other
        case .int: self = value.int.map(Literal.integer) ?? .other
        case .bool: self = value.bool.map(Literal.boolean) ?? .other
        case .array:
            self = .list(value.array.map { list in list.map { Literal($0.tomlValue) } } ?? [])
        case .double, .table, .date, .time, .dateTime: self = .other
        }
    }

    /// Whether both are texts, both are whole numbers, and so on.
    func isOfSameType(as other: Literal) -> Bool {
        switch (self, other) {
        case (.text, .text), (.integer, .integer), (.boolean, .boolean), (.list, .list): true
        case (.text, _), (.integer, _), (.boolean, _), (.list, _), (.other, _): false
        }
    }
}

extension Literal: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral, ExpressibleByBooleanLiteral,
    ExpressibleByArrayLiteral
{
    init(stringLiteral value: String) { self = .text(value) }
    init(integerLiteral value: Int) { self = .integer(value) }
    init(booleanLiteral value: Bool) { self = .boolean(value) }
    init(arrayLiteral elements: Literal...) { self = .list(elements) }
}

extension Literal: CustomStringConvertible {
    /// The value in TOML; meant for the schema's own defaults and examples, which hold nothing to escape.
    var description: String {
        switch self {
        case .text(let text): "\"\(text)\""
        case .integer(let number): "\(number)"
        case .boolean(let flag): "\(flag)"
        case .list(let elements): "[\(elements.map(\.description).joined(separator: ", "))]"
        case .other: "(nothing a key takes)"
        }
    }
}
