/// The named sets of `airlock.nft` that torboxd fills: all that it ever changes in the ruleset.
///
/// The remaining ones are the kernel's own, as is what stands in the last two; torboxd only empties those.
enum AirlockSet: String, CaseIterable {
    case doors4 = "netdev torbox doors4"
    case doors6 = "netdev torbox doors6"
    case clockDoors4 = "netdev torbox clock_doors4"
    case clockDoors6 = "netdev torbox clock_doors6"
    case beyond = "netdev torbox beyond"
    case carried = "inet torbox carried"
    case leavingGuards4 = "netdev torbox guards4"
    case leavingGuards6 = "netdev torbox guards6"
    case guards4 = "inet torbox guards4"
    case guards6 = "inet torbox guards6"
    case ownTor = "inet torbox own_tor"
    case passed = "inet torbox passed"
    case blocked = "inet torbox blocked"
    case places = "inet torbox places"
    case refusedTo4 = "inet torbox refused_to4"
    case refusedTo6 = "inet torbox refused_to6"
}
