import NetAddress

/// A packet on its way through the chains.
struct Walk {
    /// What rules add to sets on the way is added here too.
    private var ruleset: Ruleset
    private(set) var packet: Packet
    private(set) var turnedBy: RulePlace?
    private(set) var assumedBy: RulePlace?
    private(set) var lastVerdict: RulePlace?
    private(set) var routedBy: RoutingRule?
    private let routing: RoutingRules

    private enum Verdict {
        case accepted
        case dropped
        case rejected
    }

    /// How a chain that was called ended.
    private enum Outcome {
        case verdict(Verdict)
        /// The caller goes on behind the jump.
        case returned
    }

    init(ruleset: Ruleset, routing: RoutingRules, packet: Packet) {
        self.ruleset = ruleset
        self.routing = routing
        self.packet = packet
    }

    mutating func run() throws(ReadingError) -> Fate.End {
        if let strange = ruleset.chains.values.first(where: { $0.hook == "ingress" || $0.place.family == "bridge" }) {
            throw cannotSay(strange.place, "its hook is not one of the box's")
        }
        if let end = try pass("prerouting") { return end }
        if packet.isForTheBox { return try pass("input") ?? .arrives }
        if let end = try routing.end(of: packet) {
            routedBy = end.rule
            return end.isAudible ? .rejected : .dropped
        }
        if let end = try pass("forward") { return end }
        if let end = try pass("postrouting") { return end }
        packet.isLeaving = true
        return try pass("egress") ?? .leaves
    }

    /// Shows the packet to a hook's chains in order; `nil` where all of them let it on.
    private mutating func pass(_ hook: String) throws(ReadingError) -> Fate.End? {
        let families = hook == "egress" ? ["netdev", "inet"] : ["inet", packet.isIPv4 ? "ip" : "ip6"]
        let chains = ruleset.chains.values.filter { chain in
            chain.hook == hook && families.contains(chain.place.family)
                && (chain.device == nil || chain.device == packet.outputInterface)
        }
        for chain in chains.sorted(by: { ($0.priority, $0.place.chain) < ($1.priority, $1.place.chain) }) {
            var verdict: Verdict
            switch try enter(chain, depth: 0) {
            case .verdict(let found): verdict = found
            case .returned:
                verdict = chain.policy == "drop" ? .dropped : .accepted
                // An accept by policy says nothing; the rule that decides is another.
                if verdict == .dropped || lastVerdict == nil { lastVerdict = chain.place }
            }
            switch verdict {
            case .accepted: continue
            case .dropped: return .dropped
            case .rejected: return .rejected
            }
        }
        return nil
    }

    private mutating func enter(_ chain: Ruleset.Chain, depth: Int) throws(ReadingError) -> Outcome {
        // The kernel allows no deeper calls (NFT_JUMP_STACK_SIZE).
        guard depth < 16 else { throw cannotSay(chain.place, "its jumps go deeper than the kernel allows") }
        for rule in chain.rules where try matches(rule) {
            for statement in rule.expressions where statement["match"] == nil {
                if let outcome = try perform(statement, of: rule, depth: depth) { return outcome }
            }
        }
        return .returned
    }

    /// A comparison that fails settles it, also beside one that this reader does not know.
    private func matches(_ rule: Ruleset.Rule) throws(ReadingError) -> Bool {
        let comparison = Comparison(ruleset: ruleset, place: rule.place)
        var unknown: JSONValue?
        for match in rule.expressions.compactMap({ $0["match"] }) {
            switch comparison.holds(match, for: packet) {
            case true: continue
            case nil: unknown = unknown ?? match
            default: return false
            }
        }
        if let unknown { throw cannotSay(rule.place, "\(unknown)") }
        return true
    }

    /// - Returns: how the chain ends by it; `nil` where the rule goes on.
    private mutating func perform(
        _ statement: JSONValue, of rule: Ruleset.Rule, depth: Int
    ) throws(ReadingError) -> Outcome? {
        guard case .object(let members) = statement, let (verb, argument) = members.first, members.count == 1 else {
            throw cannotSay(rule.place, "\(statement)")
        }
        switch verb {
        case "counter", "log", "notrack": return nil
        case "accept": return decide(.accepted, rule.place)
        case "drop": return decide(.dropped, rule.place)
        case "reject": return decide(.rejected, rule.place)
        case "return": return .returned
        case "masquerade":
            guard let address = packet.outsideAddress else {
                throw cannotSay(rule.place, "the uplink has no address that could stand for the device's")
            }
            packet.source = address
            return decide(.accepted, rule.place)
        case "dnat":
            try turn(argument, rule.place)
            return decide(.accepted, rule.place)
        case "mangle":
            try mark(argument, rule.place)
            return nil
        case "set":
            try add(argument, rule.place)
            return nil
        case "jump", "goto":
            guard let target = argument["target"]?.text, let chain = ruleset.chain(target, seenFrom: rule.place) else {
                throw cannotSay(rule.place, "\(statement)")
            }
            let outcome = try enter(chain, depth: depth + 1)
            if case .returned = outcome, verb == "jump" { return nil }
            return outcome
        default: throw cannotSay(rule.place, "\(statement)")
        }
    }

    private mutating func decide(_ verdict: Verdict, _ place: RulePlace) -> Outcome {
        lastVerdict = place
        return .verdict(verdict)
    }

    private mutating func turn(_ argument: JSONValue, _ place: RulePlace) throws(ReadingError) {
        guard let address = argument["addr"]?.text.flatMap({ IPAddress($0) }) else {
            throw cannotSay(place, "{\"dnat\": \(argument)}")
        }
        if let port = argument["port"] {
            guard let port = port.number.flatMap(UInt16.init(exactly:)) else { throw cannotSay(place, "\(argument)") }
            packet.destination.port = port
        }
        packet.destination.address = address
        packet.wasTurned = true
        turnedBy = place
    }

    /// A rule that writes into a set stops where its own limit is used up, which no listing shows.
    private mutating func add(_ argument: JSONValue, _ place: RulePlace) throws(ReadingError) {
        guard let name = argument["set"]?.text, name.hasPrefix("@"), let operation = argument["op"]?.text,
            ["add", "update"].contains(operation), let element = argument["elem"],
            case .value(let value) = packet.field(element["elem"]?["val"] ?? element)
        else { throw cannotSay(place, "{\"set\": \(argument)}") }
        if argument["stmt"] != nil || element["elem"]?["stmt"] != nil { assumedBy = place }
        ruleset.add(value.json, to: String(name.dropFirst()), seenFrom: place)
    }

    private mutating func mark(_ argument: JSONValue, _ place: RulePlace) throws(ReadingError) {
        let key = argument["key"]
        // What a rule writes into the headers of TCP decides nothing.
        if key?["tcp option"] != nil { return }
        switch (key?["meta"]?["key"]?.text, key?["ct"]?["key"]?.text, argument["value"]?.number) {
        case ("mark", nil, let value?): packet.mark = value
        case (nil, "mark", let value?): packet.connectionMark = value
        default: throw cannotSay(place, "{\"mangle\": \(argument)}")
        }
    }

    private func cannotSay(_ place: RulePlace, _ reason: String) -> ReadingError {
        ReadingError(.cannotSay, "cannot say: \(place): \(reason)")
    }
}
