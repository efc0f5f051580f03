/// The named sets of `airlock.nft`: all that ever changes in the ruleset.
enum AirlockSet: String, CaseIterable {
    case doors4 = "netdev torbox doors4"
    case doors6 = "netdev torbox doors6"
    case carried = "inet torbox carried"
}
