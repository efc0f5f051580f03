import FoundationEssentials
import NetAddress

/// The kernel's routing rules of one family, in order, as `ip -json rule` writes them (ip-rule(8)).
///
/// They are asked of a packet that is to be forwarded, once the prerouting chains have marked it.
public struct RoutingRules: Sendable {
    /// Ends a packet's way.
    struct End: Sendable, Hashable {
        let rule: RoutingRule
        /// The device is told, as by `unreachable`, and not left in silence.
        let isAudible: Bool
    }

    private let rules: [JSONValue]

    /// - Throws: ``ReadingError`` of kind `.malformed`.
    public init(json: String) throws(ReadingError) {
        do {
            rules = try JSONDecoder().decode([JSONValue].self, from: Data(json.utf8))
        } catch {
            throw ReadingError(.malformed, "the kernel's routing rules: \(error)")
        }
    }

    /// The rule that ends the packet's way; `nil` where it is routed by one of the usual tables.
    ///
    /// - Throws: ``ReadingError`` of kind `.cannotSay` at a rule that this reader does not know.
    func end(of packet: Packet) throws(ReadingError) -> End? {
        var start = 0
        for rule in rules {
            guard let priority = rule["priority"]?.number, case .object(let members) = rule else {
                throw Self.cannotSay(rule)
            }
            guard priority >= start, try Self.matches(members, packet, rule) else { continue }
            if let target = rule["goto"]?.number {
                start = target
                continue
            }
            switch (rule["action"]?.text, rule["table"]?.text) {
            // What is for the box itself was found in it before; nothing else is there.
            case (nil, "local"?): continue
            case (nil, "main"?), (nil, "default"?): return nil
            case ("blackhole"?, nil): return End(rule: RoutingRule(members), isAudible: false)
            case ("unreachable"?, nil), ("prohibit"?, nil): return End(rule: RoutingRule(members), isAudible: true)
            default: throw Self.cannotSay(rule)
            }
        }
        return nil
    }

    private static func matches(
        _ members: [String: JSONValue], _ packet: Packet, _ rule: JSONValue
    ) throws(ReadingError) -> Bool {
        let known: Set = ["priority", "src", "iif", "fwmark", "goto", "action", "table"]
        guard Set(members.keys).isSubset(of: known), members["src"]?.text == "all" else {
            // A rule for another interface has no say, whatever else it asks.
            if let name = members["iif"]?.text, name != packet.inputInterface, members["not"] == nil { return false }
            throw cannotSay(rule)
        }
        if let name = members["iif"]?.text, name != packet.inputInterface { return false }
        guard let mark = members["fwmark"]?.text else { return true }
        guard mark.hasPrefix("0x"), let number = Int(mark.dropFirst(2), radix: 16) else { throw cannotSay(rule) }
        return packet.mark == number
    }

    private static func cannotSay(_ rule: JSONValue) -> ReadingError {
        ReadingError(.cannotSay, "cannot say: routing rule \(rule)")
    }
}

/// A routing rule that decided, in the words of ip-rule(8).
public struct RoutingRule: Sendable, Hashable, CustomStringConvertible {
    public let description: String

    init(_ members: [String: JSONValue]) {
        let words = ["iif", "fwmark"].compactMap { name in members[name]?.text.map { "\(name) \($0)" } }
        let priority = members["priority"]?.number ?? 0
        description = (["routing rule \(priority):"] + words + [members["action"]?.text ?? ""]).joined(separator: " ")
    }
}
