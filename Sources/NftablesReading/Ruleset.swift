import FoundationEssentials
import NetAddress

/// A ruleset as the kernel holds it, read from `nft --json list ruleset` (libnftables-json(5)).
public struct Ruleset: Sendable {
    struct Chain: Sendable {
        let place: RulePlace
        let hook: String?
        let priority: Int
        let policy: String
        /// The device of an egress chain, where the listing names it; nft 1.0.6 does not.
        let device: String?
        var rules: [Rule] = []
    }

    struct Rule: Sendable {
        let place: RulePlace
        let expressions: [JSONValue]
    }

    private(set) var chains: [String: Chain] = [:]
    private var elements: [String: [JSONValue]] = [:]
    private var endpointSets: Set<String> = []

    /// - Throws: ``ReadingError`` of kind `.malformed`.
    public init(json: String) throws(ReadingError) {
        let listing: JSONValue
        do {
            listing = try JSONDecoder().decode(JSONValue.self, from: Data(json.utf8))
        } catch {
            throw ReadingError(.malformed, "the kernel's ruleset: \(error)")
        }
        guard let objects = listing["nftables"]?.list else {
            throw ReadingError(.malformed, "the kernel's ruleset: nothing is listed under \"nftables\"")
        }
        for object in objects {
            if let chain = object["chain"] { try add(chain: chain) }
            if let set = object["set"] ?? object["map"] { try add(set: set) }
        }
        for rule in objects.compactMap({ $0["rule"] }) { try add(rule: rule) }
    }

    /// The address and port pairs that a set holds, sorted; `nil` where there is no such set.
    ///
    /// - Parameter set: family, table and name, as in `netdev torbox doors4`.
    public func endpoints(of set: String) -> [Endpoint]? {
        elements[set].map { $0.compactMap(Self.endpoint).sorted() }
    }

    /// The names of all sets of address and port pairs, each with family and table, sorted.
    public var setsOfEndpoints: [String] { endpointSets.sorted() }

    /// What the set `name` holds for a rule in `place`.
    func elements(of name: String, seenFrom place: RulePlace) -> [JSONValue]? {
        elements["\(place.family) \(place.table) \(name)"]
    }

    mutating func add(_ element: JSONValue, to name: String, seenFrom place: RulePlace) {
        elements["\(place.family) \(place.table) \(name)"]?.append(element)
    }

    func chain(_ name: String, seenFrom place: RulePlace) -> Chain? {
        chains["\(place.family) \(place.table) \(name)"]
    }

    private mutating func add(chain: JSONValue) throws(ReadingError) {
        guard let place = RulePlace(chain, chain: "name", handle: nil) else { throw Self.unreadable(chain) }
        chains[place.chainName] = Chain(
            place: place, hook: chain["hook"]?.text, priority: chain["prio"]?.number ?? 0,
            policy: chain["policy"]?.text ?? "accept", device: chain["dev"]?.text)
    }

    private mutating func add(set: JSONValue) throws(ReadingError) {
        guard let place = RulePlace(set, chain: "name", handle: nil) else { throw Self.unreadable(set) }
        elements[place.chainName] = set["elem"]?.list ?? []
        if let type = set["type"]?.list, type.count == 2, type.last?.text == "inet_service" {
            endpointSets.insert(place.chainName)
        }
    }

    private mutating func add(rule: JSONValue) throws(ReadingError) {
        guard let place = RulePlace(rule, chain: "chain", handle: rule["handle"]?.number),
            let expressions = rule["expr"]?.list, chains[place.chainName] != nil
        else { throw Self.unreadable(rule) }
        chains[place.chainName]?.rules.append(Rule(place: place, expressions: expressions))
    }

    private static func unreadable(_ object: JSONValue) -> ReadingError {
        ReadingError(.malformed, "the kernel's ruleset: cannot read \(object)")
    }

    private static func endpoint(_ element: JSONValue) -> Endpoint? {
        let value = element["elem"]?["val"] ?? element
        guard let parts = value["concat"]?.list, parts.count == 2,
            let address = parts[0].text.flatMap({ IPAddress($0) }),
            let port = parts[1].number.flatMap(UInt16.init(exactly:))
        else { return nil }
        return Endpoint(address, port)
    }
}

/// Where a rule stands, or the end of a chain, whose policy then decides.
public struct RulePlace: Sendable, Hashable {
    public let family: String
    public let table: String
    public let chain: String
    /// The kernel's number of the rule; `nil` for the chain's policy.
    public let handle: Int?

    init?(_ object: JSONValue, chain key: String, handle: Int?) {
        guard let family = object["family"]?.text, let table = object["table"]?.text, let chain = object[key]?.text
        else { return nil }
        self.family = family
        self.table = table
        self.chain = chain
        self.handle = handle
    }

    var chainName: String { "\(family) \(table) \(chain)" }
}

extension RulePlace: CustomStringConvertible {
    public var description: String {
        handle.map { "rule \($0) of chain \(chain)" } ?? "the policy of chain \(chain)"
    }
}
