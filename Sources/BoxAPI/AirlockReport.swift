/// Everything that decides what may leave by an uplink, as the kernel holds it now.
public struct AirlockReport: Codable, Sendable, Hashable {
    /// Empty where the kernel holds no airlock.
    public var chains: [Chain]
    /// The lists of places that the rules name.
    public var sets: [List]

    public struct Chain: Codable, Sendable, Hashable {
        /// Family, table and chain, as nft names them.
        public var name: String
        /// Where the kernel asks it, and what it does with what no rule takes; absent where other rules lead to it.
        public var hook: String?
        public var rules: [Rule]

        public init(name: String, hook: String?, rules: [Rule]) {
            (self.name, self.hook, self.rules) = (name, hook, rules)
        }
    }

    public struct Rule: Codable, Sendable, Hashable {
        /// As nft prints it.
        public var text: String
        /// What it means; absent where this version does not know the rule.
        public var meaning: Meaning?
        /// How many places the list holds that it names.
        public var places: Int?

        public init(text: String, meaning: Meaning?, places: Int?) {
            (self.text, self.meaning, self.places) = (text, meaning, places)
        }
    }

    public struct List: Codable, Sendable, Hashable {
        /// Family, table and set.
        public var name: String
        public var count: Int

        public init(name: String, count: Int) {
            (self.name, self.count) = (name, count)
        }
    }

    /// What a rule of this version's airlock is for.
    public enum Meaning: String, Codable, Sendable, CaseIterable {
        /// The rules of another chain decide.
        case asksOthers
        case keepsHouseAddresses
        case keepsHouseAddressesInARP
        case keepsHouseAddressesAmongNeighbours
        case refusesFragments
        case refusesOptions
        case refusesExtensions
        case letsARP
        case letsDHCP
        case letsDHCPv6
        case letsNeighbourDiscovery
        case letsTor
        case letsClockBeforeTor
        case letsClock
        case letsOwnTor
        case letsSnowflakeNames
        case letsSnowflakeBroker
        case letsSnowflakeVolunteers
    }

    public init(chains: [Chain], sets: [List]) {
        (self.chains, self.sets) = (chains, sets)
    }
}
