import NetAddress

/// The right side of a comparison, as a rule in one place sees it.
struct Comparison {
    let ruleset: Ruleset
    let place: RulePlace

    /// Whether a match expression holds for a packet; `nil` where this reader cannot tell.
    func holds(_ match: JSONValue, for packet: Packet) -> Bool? {
        guard let left = match["left"], let right = match["right"], let operation = match["op"]?.text else {
            return nil
        }
        switch packet.field(left) {
        case .unknown: return nil
        case .absent: return false
        case .value(let value):
            switch operation {
            case "==": return isEqual(value, right)
            case "!=": return isEqual(value, right).map { !$0 }
            case "in": return isIn(value, right)
            default: return nil
            }
        }
    }

    private func isIn(_ value: Value, _ right: JSONValue) -> Bool? {
        guard case .flags(let flags) = value else { return isEqual(value, right) }
        guard let names = Self.names(right) else { return nil }
        return !flags.isDisjoint(with: names)
    }

    private func isEqual(_ value: Value, _ right: JSONValue) -> Bool? {
        if let name = right.text, name.hasPrefix("@") {
            return ruleset.elements(of: String(name.dropFirst()), seenFrom: place).flatMap { isAny(value, of: $0) }
        }
        if let members = right["set"]?.list { return isAny(value, of: members) }
        if let element = right["elem"]?["val"] { return isEqual(value, element) }
        switch value {
        case .flags(let flags): return Self.names(right).map { flags == $0 }
        case .text(let text): return right.list.flatMap { isAny(value, of: $0) } ?? right.text.map { $0 == text }
        case .number(let number): return Self.isNumber(number, right)
        case .address(let address): return Self.isAddress(address, right)
        case .hardware(let hardware): return right.text.flatMap { HardwareAddress($0) }.map { $0 == hardware }
        case .tuple(let values):
            guard let parts = right["concat"]?.list, parts.count == values.count else { return nil }
            let results = zip(values, parts).map { isEqual($0, $1) }
            return results.contains(false) ? false : results.contains(nil) ? nil : true
        }
    }

    /// One that is equal settles it; one that cannot be told leaves it open.
    private func isAny(_ value: Value, of members: [JSONValue]) -> Bool? {
        var answer: Bool? = false
        for member in members {
            switch isEqual(value, member) {
            case true: return true
            case nil: answer = nil
            default: break
            }
        }
        return answer
    }

    private static func names(_ right: JSONValue) -> Set<String>? {
        if let name = right.text { return [name] }
        guard let list = right.list ?? right["|"]?.list ?? right["set"]?.list else { return nil }
        let names = list.compactMap(\.text)
        return names.count == list.count ? Set(names) : nil
    }

    private static func isNumber(_ number: Int, _ right: JSONValue) -> Bool? {
        if let range = right["range"]?.list, range.count == 2, let first = range[0].number, let last = range[1].number {
            return (first <= last) ? (first...last).contains(number) : nil
        }
        return right.number.map { $0 == number }
    }

    private static func isAddress(_ address: IPAddress, _ right: JSONValue) -> Bool? {
        if let base = right["prefix"]?["addr"]?.text.flatMap({ IPAddress($0) }),
            let length = right["prefix"]?["len"]?.number
        {
            return Network(base, prefixLength: length).map { $0.contains(address) }
        }
        if let range = right["range"]?.list, range.count == 2, let first = range[0].text.flatMap({ IPAddress($0) }),
            let last = range[1].text.flatMap({ IPAddress($0) })
        {
            return first <= address && address <= last
        }
        return right.text.flatMap { IPAddress($0) }.map { $0 == address }
    }
}
