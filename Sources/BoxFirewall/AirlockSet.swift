/// The named sets of `airlock.nft` that torboxd fills: all that it ever changes in the ruleset.
///
/// The remaining ones, of the guards that each device opened, are the kernel's own.
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
}
